"""How steps ask the guest."""

import os
import subprocess


def output(*command, limit=60):
    """What a command says on standard output, trimmed; nothing where it is missing or takes longer than the limit."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "SYSTEMD_COLORS": "0"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit, env=environment, check=False)
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace").strip()
