"""How fast Teams lets a bot speak in one conversation: what is too much waits here, not there."""

import asyncio
from collections import deque
from collections.abc import Sequence

# at most so many messages in so many seconds, in each conversation
LIMITS = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
CONVERSATIONS = 10_000


class Pace:
    """Gives each conversation its turns."""

    def __init__(self, limits: Sequence[tuple[int, float]] = LIMITS) -> None:
        self._limits = limits
        self._most = max(number for number, _ in limits)
        self._turns: dict[str, deque[float]] = {}

    async def turn(self, conversation: str) -> None:
        """Come back when this conversation may get its next message."""
        now = asyncio.get_running_loop().time()
        given = self._turns.setdefault(conversation, deque(maxlen=self._most))
        # the message of `number` turns ago must be `seconds` away
        free = [given[-number] + seconds for number, seconds in self._limits if len(given) >= number]
        mine = max([now, *free])
        given.append(mine)
        if len(self._turns) > CONVERSATIONS:
            self._turns = {one: turns for one, turns in self._turns.items() if turns[-1] > now}
        await asyncio.sleep(mine - now)
