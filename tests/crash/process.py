"""`python -m bot run` with shorter waits: `python -m tests.crash.process`, the process that the matrix breaks.

Nothing else is changed. In the product the lease is 30 seconds; a cell that stops a process past it fifty times
would take half an hour.
"""

import sys
from importlib import import_module
from typing import Any

import aiohttp

LEASE = 2.0  # seconds
TIMEOUT = 0.8  # seconds for one request
SHORTER: dict[str, dict[str, Any]] = {  # module -> name -> what it is here
    "bot.delivery": {"LEASE": LEASE, "HASTE": 1.0, "SETTLES": 0.5, "LOOK": 0.2, "SHORTEST": 0.3, "LONGEST": 2.0},
    "bot.slack.send": {"TIMEOUT": TIMEOUT},
    "bot.teams.token": {"TIMEOUT": TIMEOUT},
    "bot.teams.transport": {"TIMEOUT": aiohttp.ClientTimeout(total=TIMEOUT, sock_connect=TIMEOUT)},
}


def shorten() -> None:
    """Put the shorter waits in their places; AssertionError when one has another name by now."""
    for module, waits in SHORTER.items():
        found = import_module(module)
        for name, value in waits.items():
            assert hasattr(found, name), f"{module} has no {name} any more"
            setattr(found, name, value)


if __name__ == "__main__":
    shorten()
    from bot.__main__ import main

    sys.exit(main(["run"]))
