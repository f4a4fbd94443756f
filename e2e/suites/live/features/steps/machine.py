"""What a phase's machine and the system in it are."""

import glob
import os
import socket
import subprocess

from behave import then, when


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read().strip()


def root():
    """Device and type of the root file system."""
    with open("/proc/self/mountinfo", encoding="utf-8") as mounts:
        for fields in map(str.split, mounts):
            if fields[4] == "/":
                separator = fields.index("-")
                return fields[separator + 2], fields[separator + 1]
    raise AssertionError("nothing is mounted at /")


def disk(serial):
    """The disk with this serial number."""
    for path in glob.glob("/sys/class/block/*/serial"):
        if read(path) == serial:
            return os.path.basename(os.path.dirname(path))
    raise AssertionError(f"no disk has the serial number {serial}")


@then('its name is "{name}"')
def named(context, name):
    assert socket.gethostname() == name, f"its name is {socket.gethostname()}"


@then('the root file system is "{kind}" on a partition of the disk "{serial}"')
def root_on(context, kind, serial):
    device, actual = root()
    assert actual == kind, f"{device} is {actual}"
    partition = os.path.basename(os.path.realpath(device))
    whole = os.path.basename(os.path.dirname(os.path.realpath(f"/sys/class/block/{partition}")))
    assert whole == disk(serial), f"{device} is on {whole}, not on {disk(serial)}"


@then("the root file system is an overlay")
def root_is_overlay(context):
    assert root()[1] == "overlay", f"it is {root()}"
    assert os.path.isdir("/run/live/medium/live"), "the CD-ROM is not mounted"


@when("the system has finished booting")
def finish_booting(context):
    subprocess.run(["systemctl", "is-system-running", "--wait"], timeout=180, check=False)


@then("its default target is active")
def target_active(context):
    target = subprocess.run(["systemctl", "get-default"], capture_output=True, text=True, check=True).stdout.strip()
    state = subprocess.run(["systemctl", "is-active", target], capture_output=True, text=True, check=False).stdout.strip()
    assert state == "active", f"{target} is {state}"


@then("the firmware is UEFI")
def uefi(context):
    assert os.path.isdir("/sys/firmware/efi"), "there is no /sys/firmware/efi"


@then("there are between {least:d} and {most:d} MiB of memory")
def memory(context, least, most):
    with open("/proc/meminfo", encoding="utf-8") as file:
        total = next(int(line.split()[1]) for line in file if line.startswith("MemTotal:")) // 1024
    assert least <= total <= most, f"there are {total} MiB"


@then("there is no CD-ROM")
def no_cdrom(context):
    found = glob.glob("/sys/class/block/sr*")
    assert not found, f"there is {found[0]}"


@then('the disk "{serial}" is empty')
def empty(context, serial):
    with open(f"/dev/{disk(serial)}", "rb") as device:
        assert not any(device.read(1 << 20)), f"/dev/{disk(serial)} holds something"
