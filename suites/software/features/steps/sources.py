"""Where software comes from, and whether it is checked."""

import json
import os

from behave import given, then
from guest import need, succeed

POLICY = "/etc/containers/policy.json"


@given("flatpak")
def flatpak(context):
    need(context, "flatpak")


@given("bootc")
def bootc(context):
    need(context, "bootc")


@then("it lists its applications")
def lists_applications(context):
    succeed("flatpak", "list", "--system", "--columns=application")


@then("every remote of the system is checked by signature")
def remotes_checked(context):
    lines = succeed("flatpak", "remotes", "--system", "--columns=name,options").splitlines()
    unchecked = [line.split()[0] for line in lines if "no-gpg-verify" in line]
    assert not unchecked, f"{', '.join(unchecked)} is not checked"


@given("an image-mode system with a signature policy")
def signature_policy(context):
    need(context, "bootc")
    if not os.path.exists(POLICY):
        context.scenario.skip(f"the image has no {POLICY}")


@then("the image it follows is not accepted from just anybody")
def not_from_anybody(context):
    image = booted().get("image", {}).get("image", {}).get("image", "")
    with open(POLICY, encoding="utf-8") as file:
        policy = json.load(file)
    scopes = policy.get("transports", {}).get("docker", {})
    rules = next((scopes[scope] for scope in wider(image) if scope in scopes), policy.get("default", []))
    kinds = [rule.get("type") for rule in rules]
    assert "insecureAcceptAnything" not in kinds, f"{image} is accepted unsigned, see {POLICY}"


def wider(image):
    """The scopes that a policy can have for an image, the narrowest first (containers-policy.json(5))."""
    yield image
    name = image.split("@")[0]
    yield name.rpartition(":")[0] if ":" in name.rpartition("/")[2] else name
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name
    yield ""


@then("it names the image that is booted")
def names_image(context):
    status = booted()
    assert status, "bootc status names no booted image"


def booted():
    status = json.loads(succeed("bootc", "status", "--json"))
    return status.get("status", {}).get("booted") or {}
