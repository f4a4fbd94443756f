"""Leaves traces, and looks for them."""

import datetime
import json
import os
import subprocess

from behave import then


@then('the file "{path}" can be made')
def make(context, path):
    with open(path, "x", encoding="utf-8") as file:
        file.write("somebody was here\n")


@then("a program can be left running")
def leave_running(context):
    subprocess.run(["systemd-run", "--unit", "traced", "sleep", "3600"], check=True)


@then('there is no file "{path}"')
def no_file(context, path):
    assert not os.path.exists(path), f"there is {path}"


@then('no program "{name}" runs')
def not_running(context, name):
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/comm", encoding="utf-8") as file:
                assert file.read().strip() != name, f"{name} runs as {process}"
        except OSError:
            continue


@then("the clock agrees with the lab's within {minutes:d} minutes")
def clock(context, minutes):
    with open(os.environ["BOOTPROOF_CONTEXT"], encoding="utf-8") as file:
        sent = datetime.datetime.fromisoformat(json.load(file)["at"][:19] + "+00:00")
    off = abs((datetime.datetime.now(datetime.timezone.utc) - sent).total_seconds())
    assert off < minutes * 60, f"it is {off:.0f} seconds off"


@then("nothing is right")
def wrong(context):
    raise AssertionError("as it must be")
