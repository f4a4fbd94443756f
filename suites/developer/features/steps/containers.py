"""Containers, without a registry: the machine may reach none."""

import os
import shutil
import tarfile
import uuid

from behave import given, then, when
from guest import need, run, succeed


@given("podman")
def podman(context):
    need(context, "podman")


@given("distrobox")
def distrobox(context):
    need(context, "distrobox")


@given("an image for developers")
def for_developers(context):
    if not any(shutil.which(tool) for tool in ("podman", "distrobox", "toolbox")):
        context.scenario.skip("the image has no tool that runs containers for a user")


@when("a container image is made of a program of this system")
def make_image(context):
    context.image = f"localhost/developer-{uuid.uuid4().hex}"
    archive = os.path.join(context.place, "files.tar")
    program = os.path.realpath(shutil.which("echo"))
    with tarfile.open(archive, "w", dereference=True) as tar:
        for file in [program, *libraries(program)]:
            tar.add(file, arcname=file.lstrip("/"))
    context.program = program
    context.undo.append(lambda: run("podman", "rmi", "--force", context.image))
    succeed("podman", "import", archive, context.image)


def libraries(program):
    """The shared libraries of a program, as its loader finds them."""
    words = succeed("ldd", program).split()
    return sorted({word for word in words if word.startswith("/")})


@then("a container of it says what it was told to say")
def container_speaks(context):
    said = succeed("podman", "run", "--rm", "--network", "none", context.image, context.program, "hello from inside")
    assert said.endswith("hello from inside"), f"the container said {said!r}"


@then("an unprivileged user namespace can be made")
def user_namespace(context):
    command = ["unshare", "--user", "--map-root-user", "id", "--user"]
    said = succeed(*command, user="nobody") if os.getuid() == 0 else succeed(*command)
    assert said == "0", f"inside the namespace the user is {said}"


@then('"{line}" succeeds')
def line_succeeds(context, line):
    succeed(*line.split())
