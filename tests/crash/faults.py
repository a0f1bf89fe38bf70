"""What breaks: once a round, at a random moment around the due time or while the reminders are being sent."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.crash.grounds import EVERY, Ground
from tests.crash.process import LEASE
from tests.crash.senders import Sender
from tests.crash.stores import Store

ALL = 1_000_000  # calls: as many as there are
FIRST_WITHIN = 2.0  # seconds after due in which the first message is waited for
LONGEST = 5.0  # seconds that a fault waits for calls


@dataclass(frozen=True)
class Field:
    """Where it happens."""

    store: Store
    ground: Ground
    sender: Sender
    rng: Random


def _wait_for_the_moment(field: Field, due: float) -> None:
    """One in three each: up to 0.1 s after the due time; up to 5 ms after the sender began, before anything has left;
    up to 50 ms after the platform took the first message."""
    rng, ground, sender = field.rng, field.ground, field.sender
    if rng.random() < 1 / 3:
        _sleep_until(due + rng.uniform(0, 0.1))
        return
    tried, early = ground.tries(), rng.random() < 0.5
    _sleep_until(due)
    while not (sender.begun() if early else ground.tries() > tried) and time.time() < due + FIRST_WITHIN:
        time.sleep(0.001)
    time.sleep(rng.uniform(0, 0.005 if early else 0.05))


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.time()))


def kill(field: Field) -> None:
    """One of the processes is gone from one instruction to the next, and started again a little later."""
    program = field.rng.choice(field.sender.programs)
    program.kill()
    time.sleep(field.rng.uniform(0, 0.2))
    program.start()


def stop(field: Field) -> None:
    """One of the processes stands still until its leases are over, and then goes on with what it was doing."""
    program = field.rng.choice(field.sender.programs)
    program.stop()
    time.sleep(LEASE + field.rng.uniform(0.05, 0.4))
    program.go_on()


def locked(field: Field) -> None:
    """Another connection holds the database, now shorter and now longer than a transaction waits."""
    with field.store.locked(field.sender.table):
        time.sleep(field.rng.uniform(0.2, 2.0))


def disk_full(field: Field) -> None:
    """Nothing can be written for a while."""
    with field.store.full([program.pid for program in field.sender.programs]):
        time.sleep(field.rng.uniform(0.1, 0.8))


def _for_a_while(kind: str) -> Callable[[Field], None]:
    def happens(field: Field) -> None:
        _break(field, kind, ALL)
        _until_broken(field, field.ground.broken() + 1)
        time.sleep(field.rng.uniform(0.1, 0.8))
        field.ground.heal()

    return happens


def _for_some_calls(kind: str) -> Callable[[Field], None]:
    def happens(field: Field) -> None:
        calls = field.rng.randint(1, 8)
        broken = field.ground.broken() + calls
        _break(field, kind, calls)
        _until_broken(field, broken)
        field.ground.heal()

    return happens


def _until_broken(field: Field, calls: int) -> None:
    """Until so many calls went wrong, or nothing is left to be sent."""
    until = time.monotonic() + LONGEST
    while field.ground.broken() < calls and field.sender.waiting() and time.monotonic() < until:
        time.sleep(0.02)


def _break(field: Field, kind: str, calls: int) -> None:
    """Half of the time what is said alone, else every call. Some of this round may come through before it."""
    what = field.rng.choice((EVERY, field.ground.post))
    field.ground.fault(what, kind, calls, 1.0, field.rng.randint(0, 15))


KINDS: dict[str, Callable[[Field], None]] = {
    "kill": kill,
    "stop": stop,
    "locked": locked,
    "disk_full": disk_full,
    "storm": _for_a_while("429"),
    "down": _for_a_while("503"),
    "lost_reply": _for_some_calls("lost_reply"),
    "lost_before": _for_some_calls("lost_before"),
    "black_hole": _for_some_calls("black_hole"),
}
OF_THE_PLATFORM = {"storm", "down", "lost_reply", "lost_before", "black_hole"}


def happen(fault: str, field: Field, due: float) -> None:
    """Break it in this round and mend it again. `due`: of the reminders of this round, seconds since 1970."""
    if fault in OF_THE_PLATFORM:  # there before the first call, so that the calls decide when it begins
        _sleep_until(due - field.rng.uniform(0, 0.05))
    else:
        _wait_for_the_moment(field, due)
    KINDS[fault](field)
