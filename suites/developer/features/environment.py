"""A place to work in for every scenario, and the undoing of what it did."""

import shutil
import tempfile


def before_scenario(context, scenario):
    context.place = tempfile.mkdtemp(prefix="developer-")
    context.undo = []


def after_scenario(context, scenario):
    for undo in reversed(context.undo):
        undo()
    shutil.rmtree(context.place, ignore_errors=True)
