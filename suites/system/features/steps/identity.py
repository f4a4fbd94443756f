"""Whether the machine runs the bits under test."""

import errno
import hashlib
import os

from behave import given, then


@given("files of the image to compare")
def files_to_compare(context):
    if not context.lab["samples"]:
        context.scenario.skip("the disk's maker took no samples of this image")


@then("each has the content that was published")
def published_content(context):
    for sample in context.lab["samples"]:
        path = sample["path"]
        assert os.path.isfile(path), f"{path} is missing, though {context.lab['digest']} has it"
        assert digest(path) == sample["content"], f"{path} is not the file that {context.lab['digest']} has"


def digest(path):
    hashing = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            hashing.update(block)
    return "sha256:" + hashing.hexdigest()


@given("a system that is read-only by design")
def read_only_by_design(context):
    deployment = os.path.exists("/run/ostree-booted")
    read_only = bool(os.statvfs("/usr").f_flag & os.ST_RDONLY)
    if not (deployment or read_only or "read-only-usr" in context.lab["promises"]):
        context.scenario.skip("this image does not promise a read-only system")


@then("nothing can be written to /usr")
def usr_refuses(context):
    probe = "/usr/.bootproof-probe"
    try:
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as refusal:
        assert refusal.errno in (errno.EROFS, errno.EPERM, errno.EACCES), f"{probe}: {refusal}"
        return
    os.unlink(probe)
    raise AssertionError(f"{probe} could be written")
