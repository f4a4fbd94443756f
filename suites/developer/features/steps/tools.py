"""Compilers, version control and package managers that developers expect."""

import os
import pwd

from behave import given, then
from guest import HOMEBREW, need, succeed

HELLO = '#include <stdio.h>\nint main(void) { puts("compiled here"); return 0; }\n'


@given("git")
def git(context):
    need(context, "git")


@given("gcc")
def gcc(context):
    need(context, "gcc")


@given("ujust")
def ujust(context):
    need(context, "ujust")


@given("Homebrew")
def homebrew(context):
    if not os.path.exists(HOMEBREW):
        context.scenario.skip("the image has no Homebrew")


@then("a commit can be made and found again")
def commit(context):
    who = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    succeed("git", "init", "--quiet", context.place)
    succeed("git", "-C", context.place, *who, "commit", "--quiet", "--allow-empty", "-m", "remember this")
    said = succeed("git", "-C", context.place, "log", "--format=%s")
    assert said == "remember this", f"the log says {said!r}"


@then("a C program compiles and says what it was told to say")
def compile_and_run(context):
    source, program = (os.path.join(context.place, name) for name in ("hello.c", "hello"))
    with open(source, "w", encoding="utf-8") as file:
        file.write(HELLO)
    succeed("gcc", "-o", program, source)
    said = succeed(program)
    assert said == "compiled here", f"the program said {said!r}"


@then("its owner can ask it for its version")
def brew_version(context):
    owner = pwd.getpwuid(os.stat(HOMEBREW).st_uid).pw_name
    said = succeed("runuser", "-u", owner, "--", HOMEBREW, "--version")
    assert said.startswith("Homebrew"), f"it said {said!r}"


@then('"ujust --list" names at least one recipe')
def ujust_lists(context):
    recipes = [line for line in succeed("ujust", "--list").splitlines()[1:] if line.strip()]
    assert recipes, "it named none"
