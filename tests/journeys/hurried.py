"""`python -m tests.journeys.hurried run`: the bot on a clock that a test moves, with short waits.

In the product it looks for due digests every twenty seconds, and what a killed process held waits half a minute: a
month of mornings would take hours.
"""

import sys
from datetime import timedelta

from bot import clock
from bot.__main__ import main
from tests.crash.process import shorten
from tests.journeys import clocked

if __name__ == "__main__":
    shorten()
    clock.DIGESTS = timedelta(seconds=0.3)
    clocked.start()
    sys.exit(main(sys.argv[1:]))
