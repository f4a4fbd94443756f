"""Whether the machine knows the time."""

import time
from datetime import datetime

from behave import then

OBSERVED_SECONDS = 0.3
TOLERATED_SECONDS = 0.1
AT_ONCE_SECONDS = 0.02


@then("the clock agrees with the lab's within {minutes:d} minutes")
def clock_agrees(context, minutes):
    wall, _ = context.began
    # Python before 3.11 reads neither Z nor more digits than microseconds.
    lab = datetime.fromisoformat(context.lab["at"].rstrip("Z").split(".")[0] + "+00:00").timestamp()
    assert abs(wall - lab) <= minutes * 60, f"the clock is {wall - lab:+.0f} seconds off"


@then("the clock neither jumps nor stands still")
def clock_steady(context):
    wall, steady = both_clocks()
    time.sleep(OBSERVED_SECONDS)
    later, now = both_clocks()
    drift = (later - wall) - (now - steady)
    assert abs(drift) <= TOLERATED_SECONDS, f"within {now - steady:.1f} s the clock jumped by {drift:+.1f} s"


def both_clocks():
    """The time and the steady clock at one moment: a busy host may stop a guest between two readings."""
    deadline = time.monotonic() + 10
    while True:
        before, wall, after = time.monotonic(), time.time(), time.monotonic()
        if after - before <= AT_ONCE_SECONDS or after > deadline:
            return wall, before
