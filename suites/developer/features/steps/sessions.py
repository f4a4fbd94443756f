"""Services of a user."""

import pwd

from behave import given, then, when
from guest import need, run, succeed

FIRST_UID, LAST_UID = 1000, 59999


@given("an ordinary user")
def ordinary_user(context):
    need(context, "loginctl")
    code, said = run("busctl", "--no-pager", "status", "org.freedesktop.login1")
    if code != 0:
        context.scenario.skip("the image has no logind")
        return
    users = [user for user in pwd.getpwall() if FIRST_UID <= user.pw_uid <= LAST_UID]
    if not users:
        context.scenario.skip("the image has no ordinary user")
        return
    context.user = users[0]


@when("lingering is enabled for the user")
def linger(context):
    name = context.user.pw_name
    context.undo.append(lambda: run("loginctl", "disable-linger", name))
    succeed("loginctl", "enable-linger", name)


@then("the user's service manager starts")
def manager_starts(context):
    unit = f"user@{context.user.pw_uid}.service"
    succeed("systemctl", "start", unit, limit=90)
    state = succeed("systemctl", "is-active", unit)
    assert state == "active", f"{unit} is {state}"
