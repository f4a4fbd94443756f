"""Run in the session of the desktop's user, with the image's own Python and dogtail. One request, one answer as JSON:

windows                 the titles of the windows on the screen, once there is one
texts WINDOW            what stands in the window
press WINDOW BUTTON     presses the button
await WINDOW TEXT       returns when the text stands in the window
"""

import json
import sys
import time

from dogtail.config import config

config.logDebugToFile = False
config.logDebugToStdOut = False
# It reads a setting of GNOME's; whether applications speak to AT-SPI shows in what is found.
config.checkForA11y = False

from dogtail import tree  # noqa: E402

WINDOWS = ("frame", "dialog", "window", "alert")


def windows():
    """The windows that are shown, by application. What ends while we look is not shown any more."""
    for application in tree.root.applications():
        try:
            for window in application.children:
                if window.roleName in WINDOWS and window.showing:
                    yield window
        except Exception:  # noqa: BLE001 AT-SPI has a GLib error for each way to vanish
            continue


def within(limit, what, look):
    """What look() gives, once it gives anything."""
    until = time.monotonic() + limit
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > until:
            sys.exit(what())
        time.sleep(0.5)


def titles():
    return [window.name for window in windows()]


def window(title):
    return within(
        45,
        lambda: f'there is no window "{title}" on the screen; there are {titles()}',
        lambda: next((one for one in windows() if one.name == title), None),
    )


def texts(node):
    return [child.name for child in node.findChildren(lambda child: child.roleName == "label") if child.name]


def press(title, name):
    shown = window(title)
    button = within(
        20,
        lambda: f'the window "{title}" has no button "{name}"',
        lambda: shown.findChild(
            lambda child: child.roleName == "push button" and child.name == name, retry=False, requireResult=False
        ),
    )
    if not button.sensitive:
        sys.exit(f'the button "{name}" of the window "{title}" cannot be pressed: it is greyed out')
    button.doActionNamed("click")
    return True


def await_text(title, text):
    shown = window(title)
    return within(
        20,
        lambda: f'the window "{title}" does not say "{text}"; it says {texts(shown)}',
        lambda: text in texts(shown),
    )


REQUESTS = {
    "windows": lambda: within(45, lambda: "there is no window on the screen", titles),
    "texts": lambda title: texts(window(title)),
    "press": press,
    "await": await_text,
}

print(json.dumps(REQUESTS[sys.argv[1]](*sys.argv[2:])))
