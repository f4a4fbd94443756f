"""What is on the screen, as AT-SPI tells it, and what a person does there."""

import re
import shutil
import subprocess

from behave import given, then, when
from session import await_session


@given("the image has dogtail")
def has_dogtail(context):
    found = subprocess.run(
        ["python3", "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('dogtail') is None)"], check=False
    )
    if found.returncode != 0:
        context.scenario.skip("the image has no dogtail (Debian and Fedora: python3-dogtail)")


@given("the image has the program {name}")
def has_program(context, name):
    if shutil.which(name) is None:
        context.scenario.skip(f"the image has no {name}")


@given("somebody is logged in to the desktop")
def logged_in(context):
    context.session = await_session()


@then("a window is on the screen")
def a_window(context):
    assert context.session.ask("windows")


@given('the window "{title}" is on the screen')
def the_window(context, title):
    context.before = presses(context, title)


@when('the button "{button}" of the window "{title}" is pressed')
def press(context, button, title):
    context.session.ask("press", title, button)


@then('the window "{title}" says that it was pressed once more')
def says_so(context, title):
    expected = context.before + 1
    word = "time" if expected == 1 else "times"
    context.session.ask("await", title, f"Pressed {expected} {word}")


def presses(context, title):
    """How often the window says that its button was pressed."""
    texts = context.session.ask("texts", title)
    counts = [re.fullmatch(r"Pressed (\d+) times?", text) for text in texts]
    said = [int(count.group(1)) for count in counts if count]
    assert said, f'the window "{title}" does not say how often it was pressed; it says {texts}'
    return said[0]
