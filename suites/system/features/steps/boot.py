"""Whether the boot went through to its end."""

import os
import re

from behave import then, when
from guest import output

ACCIDENT = re.compile(r"Kernel panic|\bOops\b|\bBUG:|kernel BUG at|general protection fault|Unable to handle kernel")
# An overloaded host stalls a guest's processors; that says nothing about the image.
STALL = re.compile(r"soft lockup|self-detected stall|detected stalls on CPUs")
JOURNAL_LINES = 25


@when("the system has finished booting")
def finish_booting(context):
    context.system = output("systemctl", "is-system-running", "--wait", limit=180)


@then("its default target is reached")
def default_target_reached(context):
    jobs = output("systemctl", "list-jobs", "--no-legend", "--plain")
    assert context.system in ("running", "degraded"), f"the system is {context.system or 'still booting'}\n{jobs}"
    target = output("systemctl", "get-default")
    state = output("systemctl", "is-active", target)
    assert state == "active", f"{target} is {state}"


@then("no unit has failed")
def no_failed_unit(context):
    listed = output("systemctl", "list-units", "--failed", "--no-legend", "--plain", "--full").splitlines()
    failed = [line.split()[0] for line in listed if line.strip() and not line.startswith("bootproof-")]
    assert not failed, "\n".join([f"{', '.join(failed)} failed", *map(story, failed)])


def story(unit):
    result = output("systemctl", "show", "--property=Result,ExecMainStatus", unit).replace("\n", ", ")
    lines = str(JOURNAL_LINES)
    return f"\n{unit}: {result}\n" + output("journalctl", "-b", "-u", unit, "-o", "short", "--no-pager", "-n", lines)


@then("the root file system is on a disk of the machine")
def root_on_disk(context):
    source = root_source()
    disk = whole_disk(os.path.basename(os.path.realpath(source)))
    assert disk, f"the root file system is {source}, which is on no disk"
    serial = read(f"/sys/class/block/{disk}/serial")
    assert serial != "tools", f"the root file system is {source}, which is the lab's own disk"


def root_source():
    """The device of /sysroot where the system is an ostree or composefs deployment, else of /."""
    sources = {}
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts:
        for fields in map(str.split, mounts):
            separator = fields.index("-")
            sources[fields[4]] = (fields[separator + 2], fields[2])
    source, number = sources.get("/sysroot") or sources["/"]
    if source == "/dev/root":
        return "/dev/" + os.path.basename(os.path.realpath(f"/sys/dev/block/{number}"))
    return source


def whole_disk(name):
    """The disk that a partition, a volume or a disk lies on, or nothing where there is no device behind it."""
    device = os.path.realpath(f"/sys/class/block/{name}")
    if not os.path.isdir(device):
        return None
    volumes = os.listdir(f"{device}/slaves") if os.path.isdir(f"{device}/slaves") else []
    if volumes:
        return whole_disk(volumes[0])
    if os.path.exists(f"{device}/partition"):
        device = os.path.dirname(device)
    return os.path.basename(device) if os.path.exists(f"{device}/device") else None


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return ""


@then("the kernel log has no panic, oops or bug")
def no_accident(context):
    log = output("journalctl", "-k", "-b", "-o", "cat", "--no-pager") or output("dmesg")
    assert log, "the kernel log cannot be read"
    lines = [line for line in log.splitlines() if ACCIDENT.search(line) and not STALL.search(line)]
    assert not lines, "\n".join(["the kernel reported: " + lines[0], *lines[1:20]])
