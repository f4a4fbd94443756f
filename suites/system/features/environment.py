"""What every scenario finds in its context: the run's facts, and the clocks as they stood when the suite began."""

import json
import os
import time


def before_all(context):
    context.began = (time.time(), time.monotonic())
    with open(os.environ["BOOTPROOF_CONTEXT"], encoding="utf-8") as file:
        context.lab = json.load(file)
