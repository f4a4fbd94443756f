"""What one would try first after a boot."""

import os
import re
import subprocess

from behave import given, then, when

CRASH = re.compile(r"segfault at|traps: .* trap |dumped core|general protection fault")


def output(*command, limit=60):
    """What a command says on standard output, trimmed; nothing where it is missing or takes longer than the limit."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "SYSTEMD_COLORS": "0"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit, env=environment, check=False)
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace").strip()


@when("the system has finished booting")
def finish_booting(context):
    context.system = output("systemctl", "is-system-running", "--wait", limit=180)


@then("its default target is active")
def target_active(context):
    target = output("systemctl", "get-default")
    state = output("systemctl", "is-active", target)
    assert state == "active", f"{target or 'the default target'} is {state or 'unknown'}, the system {context.system}"


@then("no service was restarted more than twice")
def no_restarts(context):
    shown = output("systemctl", "show", "*.service", "--property=Id,NRestarts")
    assert "NRestarts=" in shown, "systemd does not say how often it restarted its services"
    units = [dict(line.split("=", 1) for line in unit.splitlines()) for unit in shown.split("\n\n")]
    restless = [f"{unit['Id']} ({unit['NRestarts']} times)" for unit in units if int(unit.get("NRestarts") or 0) > 2]
    assert not restless, f"{', '.join(restless)} was restarted"


@then("no program has crashed since the boot")
def no_crash(context):
    log = output("journalctl", "-b", "-k", "-o", "cat", "--no-pager") or output("dmesg")
    assert log, "the kernel log cannot be read"
    crashes = [line for line in log.splitlines() if CRASH.search(line)]
    crashes += output("coredumpctl", "--no-legend", "--no-pager", "list", "--since=-1d").splitlines()
    assert not crashes, "\n".join([crashes[0], *crashes[1:20]])


@then("a shell for a new session answers within {seconds:d} seconds")
def shell_answers(context, seconds):
    said = output("su", "--login", "root", "--command", "echo usable", limit=seconds)
    assert said.splitlines()[-1:] == ["usable"], f"su --login root says {said[-200:] or 'nothing'!r}"


@given("a desktop")
def a_desktop(context):
    if output("systemctl", "get-default") != "graphical.target" or not os.path.exists(
        "/etc/systemd/system/display-manager.service"
    ):
        context.scenario.skip("this image starts no desktop")


@then("its display manager is active")
def display_manager_active(context):
    state = output("systemctl", "is-active", "display-manager.service")
    journal = output("journalctl", "-b", "-u", "display-manager.service", "--no-pager", "-n", "25")
    assert state == "active", f"display-manager.service is {state}\n{journal}"


@then("the screen can be looked at")
def screen(context):
    program = os.environ.get("BOOTPROOF_SCREENSHOT")
    assert program, "this lab takes no pictures"
    done = subprocess.run([program, "the desktop"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"there is no picture: {done.stderr.strip()}"
