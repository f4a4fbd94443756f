"""Packages, libraries and desktop entries."""

import configparser
import glob
import os
import shlex
import shutil

from behave import given, then
from guest import run, succeed

DIRECTORIES = ("/usr/bin", "/usr/sbin")
ENTRIES = "/usr/share/applications/*.desktop"
ELF = b"\x7fELF"
AT_ONCE = 200
MOST = 20


@given("a package manager")
def package_manager(context):
    if not any(map(shutil.which, ("dpkg", "rpm"))):
        context.scenario.skip("the image has neither dpkg nor rpm")


@then("it names no package that is broken")
def nothing_broken(context):
    if shutil.which("dpkg"):
        broken = succeed("dpkg", "--audit")
        assert not broken, broken
    if shutil.which("rpm") and succeed("rpm", "-qa"):
        code, said, complained = run("rpm", "-Va", "--nofiles", "--noscripts", limit=240)
        unsatisfied = [line for line in said.splitlines() if line.startswith("Unsatisfied")]
        assert not unsatisfied, f"{len(unsatisfied)} packages lack what they need\n" + "\n".join(unsatisfied[:MOST])


@then("no program in the path lacks a shared library")
def libraries_there(context):
    if shutil.which("ldd") is None:
        context.scenario.skip("the image has no ldd")
        return
    paths = {os.path.realpath(path) for place in DIRECTORIES for path in glob.glob(f"{place}/*")}
    programs = sorted(filter(is_elf, paths))
    lacking = [line for at in range(0, len(programs), AT_ONCE) for line in not_found(programs[at : at + AT_ONCE])]
    assert not lacking, f"{len(lacking)} libraries are missing\n" + "\n".join(lacking[:MOST])


def is_elf(path):
    try:
        with open(path, "rb") as file:
            return os.path.isfile(path) and file.read(len(ELF)) == ELF
    except OSError:
        return False


def not_found(programs):
    """Lines "program: library" for what the loader does not find; ldd names a program before its libraries."""
    code, said, complained = run("ldd", *programs, limit=240)
    program = programs[0]
    for line in said.splitlines():
        if line.endswith(":") and not line.startswith("\t"):
            program = line[:-1]
        elif "=> not found" in line:
            yield f"{program}: {line.split('=>')[0].strip()}"


@given("desktop entries")
def desktop_entries(context):
    context.entries = sorted(glob.glob(ENTRIES))
    if not context.entries:
        context.scenario.skip("the image has no desktop entries")


@then("each names a program that is there")
def programs_there(context):
    missing = [f"{entry}: {program}" for entry in context.entries if (program := missing_program(entry))]
    assert not missing, f"{len(missing)} desktop entries name no program that is there\n" + "\n".join(missing[:MOST])


def missing_program(entry):
    """The program of an entry that is not there; nothing where it is, or where the entry is not shown without it."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read(entry, encoding="utf-8")
    section = parser["Desktop Entry"] if parser.has_section("Desktop Entry") else {}
    if section.get("TryExec") or section.get("Hidden") == "true" or not section.get("Exec"):
        return None
    words = [word for word in shlex.split(section["Exec"]) if word != "env" and "=" not in word]
    return None if not words or shutil.which(words[0]) else words[0]
