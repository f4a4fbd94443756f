"""How steps ask the guest, and how a scenario that does not apply says so."""

import os
import shutil
import subprocess

HOMEBREW = "/home/linuxbrew/.linuxbrew/bin/brew"


def run(*command, limit=120, **how):
    """Runs a command and gives its exit code and what it said on both channels."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": os.environ.get("HOME", "/root")}
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=limit, env=environment, check=False, **how
        )
    except FileNotFoundError:
        return 127, f"there is no program {command[0]}"
    except subprocess.TimeoutExpired:
        return 124, f"{' '.join(command)} took longer than {limit} s"
    return done.returncode, done.stdout.decode(errors="replace").strip()


def succeed(*command, **how):
    """What a command said; fails the step, naming the command, where it does not succeed."""
    code, said = run(*command, **how)
    assert code == 0, f"{' '.join(command)} ended with {code}\n{said}"
    return said


def need(context, program):
    if shutil.which(program) is None:
        context.scenario.skip(f"the image has no {program}")
