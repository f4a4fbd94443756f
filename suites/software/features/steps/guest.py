"""How steps ask the guest, and how a scenario that does not apply says so."""

import os
import shutil
import subprocess


def run(*command, limit=120):
    """Runs a command and gives its exit code and what it said on standard output and on standard error."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit, env=environment, check=False)
    except FileNotFoundError:
        return 127, "", f"there is no program {command[0]}"
    except subprocess.TimeoutExpired:
        return 124, "", f"{' '.join(command)} took longer than {limit} s"
    return done.returncode, done.stdout.decode(errors="replace").strip(), done.stderr.decode(errors="replace").strip()


def succeed(*command, **how):
    """What a command said; fails the step, naming the command, where it does not succeed."""
    code, said, complained = run(*command, **how)
    assert code == 0, f"{' '.join(command)} ended with {code}\n{complained or said}"
    return said


def need(context, program):
    if shutil.which(program) is None:
        context.scenario.skip(f"the image has no {program}")
