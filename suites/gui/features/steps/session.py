"""The session of who is logged in to the desktop: found by its processes, so any display manager or none will do."""

import json
import os
import pathlib
import pwd
import subprocess
import time

FIRST_UID, LAST_UID = 1000, 59999
BUS = "DBUS_SESSION_BUS_ADDRESS"
PASSED_ON = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "AT_SPI_BUS_ADDRESS", BUS)
PROGRAM = pathlib.Path(__file__).parent.parent / "as_user.py"


class Session:
    def __init__(self, user, environment):
        self.user = user
        self.environment = environment

    def ask(self, *words, limit=90):
        """What as_user.py answers, run as the user in the session; the step fails with what it says else."""
        settings = [f"{name}={value}" for name, value in self.environment.items()]
        as_user = ["runuser", "-u", self.user, "--", "env", "-i", "-C", "/", "PATH=/usr/bin:/bin", "LANG=C.UTF-8"]
        # The lab's files are root's, so the program comes on standard input.
        with PROGRAM.open("rb") as source:
            asked = [*as_user, *settings, "python3", "-", *words]
            try:
                done = subprocess.run(asked, stdin=source, capture_output=True, timeout=limit, check=False)
            except subprocess.TimeoutExpired:
                raise AssertionError(f"AT-SPI did not answer within {limit} s to: {' '.join(words)}") from None
        complaint = done.stderr.decode(errors="replace").strip() or f"dogtail ended with {done.returncode}"
        assert done.returncode == 0, f"{complaint.splitlines()[-1]}\n{complaint}"
        return json.loads(done.stdout.decode().splitlines()[-1])


def sessions():
    """Of every process of an ordinary user that has a display and a bus."""
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            uid = process.stat().st_uid
            words = (process / "environ").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        environment = dict(word.split("=", 1) for word in words if "=" in word)
        bus = f"/run/user/{uid}/bus"
        if BUS not in environment and os.path.exists(bus):
            environment[BUS] = f"unix:path={bus}"
        has_display = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
        if FIRST_UID <= uid <= LAST_UID and has_display and environment.get(BUS):
            kept = {name: environment[name] for name in PASSED_ON if name in environment}
            yield Session(pwd.getpwuid(uid).pw_name, {"HOME": pwd.getpwuid(uid).pw_dir, **kept})


def await_session(limit=90):
    """The desktop may come up after the machine lets us in."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        for session in sessions():
            return session
        time.sleep(1)
    raise AssertionError(f"nobody is logged in to a desktop: no ordinary user's process had a display within {limit} s")
