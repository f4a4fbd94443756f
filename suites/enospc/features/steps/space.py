"""Fills things. Every step needs its evidence: where there is none, it fails, and none is ever skipped."""

import errno
import os
import re
import shutil
import subprocess
import tempfile

from behave import given, then, when

# How each installer is told to install to a disk. One of them must be there.
INSTALLERS = [
    ["install-os", "{disk}"],
    ["bootc", "install", "to-disk", "--wipe", "{disk}"],
    ["flatcar-install", "-d", "{disk}"],
]
NO_SPACE = re.compile(r"No space left on device|ENOSPC|not enough (free )?space|too small", re.IGNORECASE)
MIB = 1 << 20


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr.strip()}"
    return done.stdout.strip()


@given("a file system of {size:d} MiB")
def small_file_system(context, size):
    context.full = memory(context, size)


def memory(context, size):
    """A file system in memory of this many MiB, until the scenario ends."""
    path = tempfile.mkdtemp(dir="/run")
    context.add_cleanup(os.rmdir, path)
    output("mount", "-t", "tmpfs", "-o", f"size={size}m", "enospc", path)
    context.add_cleanup(output, "umount", path)
    return path


@when("it is filled to the last byte")
def fill(context):
    context.refusal, context.written = None, 0
    file = os.open(os.path.join(context.full, "filling"), os.O_CREAT | os.O_WRONLY)
    try:
        # Far more than there is room for: whoever takes all of that has lost some of it.
        while context.written < 64 * MIB:
            context.written += os.write(file, bytes(64 << 10))
    except OSError as refusal:
        context.refusal = refusal.errno
    finally:
        os.close(file)


@then("the refusal was ENOSPC")
def refused(context):
    assert context.refusal is not None, f"{context.written} bytes were written and nobody refused"
    assert context.refusal == errno.ENOSPC, f"the refusal was {os.strerror(context.refusal)}"


@then("about {size:d} MiB were written")
def about(context, size):
    assert abs(context.written - size * MIB) <= MIB // 2, f"{context.written} bytes were written"


@given("an empty disk of {size:d} MiB")
def small_disk(context, size):
    context.image = tempfile.NamedTemporaryFile(dir=memory(context, size + 16))
    context.add_cleanup(context.image.close)
    context.image.truncate(size * MIB)
    if shutil.which("modprobe"):
        subprocess.run(["modprobe", "loop"], check=False)
    context.disk = output("losetup", "--find", "--show", "--partscan", context.image.name)
    context.add_cleanup(output, "losetup", "--detach", context.disk)


@given("an installer")
def an_installer(context):
    there = [command for command in INSTALLERS if shutil.which(command[0])]
    names = ", ".join(command[0] for command in INSTALLERS)
    assert there, f"none of {names} is in this image, so nothing shows that it copes with a full disk"
    context.installer = [word.format(disk=context.disk) for word in there[0]]


@when("the installer installs to that disk")
def install(context):
    done = subprocess.run(
        context.installer, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    context.exit, context.said = done.returncode, done.stdout


@then("the installer failed")
def failed(context):
    name = " ".join(context.installer)
    assert context.exit != 0, f"{name} says that it went well\n{context.said[-2000:]}"


@then("it said that no space was left")
def said_why(context):
    last = (context.said.strip().splitlines() or ["nothing"])[-1]
    name = context.installer[0]
    assert NO_SPACE.search(context.said), f"{name} failed for another reason: {last}\n{context.said[-2000:]}"


@then("it had filled the disk before")
def filled(context):
    taken = os.stat(context.image.name).st_blocks * 512
    size = os.stat(context.image.name).st_size
    assert taken > size // 4, f"only {taken >> 20} of {size >> 20} MiB were ever written, so it did not run out of them"
