"""Whether the machine knows the time."""

import time
from datetime import datetime

from behave import then

OBSERVED_SECONDS = 1.0
TOLERATED_SECONDS = 0.5


@then("the clock agrees with the lab's within {minutes:d} minutes")
def clock_agrees(context, minutes):
    wall, _ = context.began
    # Python before 3.11 reads neither Z nor more digits than microseconds.
    lab = datetime.fromisoformat(context.lab["at"].rstrip("Z").split(".")[0] + "+00:00").timestamp()
    assert abs(wall - lab) <= minutes * 60, f"the clock is {wall - lab:+.0f} seconds off"


@then("the clock neither jumps nor stands still")
def clock_steady(context):
    wall, steady = time.time(), time.monotonic()
    time.sleep(OBSERVED_SECONDS)
    drift = (time.time() - wall) - (time.monotonic() - steady)
    assert abs(drift) <= TOLERATED_SECONDS, f"within {OBSERVED_SECONDS:.0f} s the clock jumped by {drift:+.1f} s"
