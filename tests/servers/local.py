"""What every local server is: an aiohttp application on its own thread and loop, with faults on request."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from threading import Thread
from typing import Any, Protocol, Self, TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

Found = TypeVar("Found")

FOREVER = 3600  # seconds: a black hole


@dataclass
class Fault:
    """Something that goes wrong with the next `times` calls, after `spared` that go well."""

    kind: str
    times: int
    seconds: float
    spared: int = 0


class NotSent(Exception):
    """The client keeps the form open: the id of a field -> what is wrong."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(str(errors))
        self.errors = errors


Faults = defaultdict[str, list[Fault]]


def next_fault(faults: Faults, name: str) -> Fault | None:
    """Use up the next fault of this name, or of "*"."""
    for fault in [*faults[name], *faults["*"]]:
        if fault.spared > 0:
            fault.spared -= 1
        elif fault.times > 0:
            fault.times -= 1
            return fault
    return None


class Lagging(Protocol):
    """The state of a server that may be far away."""

    lag: float


def far_away(state: Lagging) -> Middleware:
    """`state.lag` seconds pass from a request to its acceptance, and again to its answer.

    What arrived is accepted, also when who sent it is gone by then.
    """

    @web.middleware
    async def travel(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not state.lag:
            return await handler(request)
        await request.read()
        await asyncio.sleep(state.lag)
        made = await handler(request)
        await asyncio.sleep(state.lag)
        return made

    return travel


class LocalServer:
    """Start it as a context, or with `start` and `stop`. `at` is its address, without a path."""

    def __init__(self, name: str, application: web.Application) -> None:
        self.at = ""
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self.loop.run_forever, name=name, daemon=True)
        self.runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)

    def start(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1; on a free port when none is given."""
        self.thread.start()
        self.run(self._listen(port))
        return self

    def stop(self) -> None:
        """End everything; what was noted stays readable."""
        self.run(self._end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *trouble: object) -> None:
        self.stop()

    def run(self, what: Coroutine[Any, Any, Found]) -> Found:
        """Do something on the server's own thread, and wait for it."""
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(60)

    def there(self, does: Callable[..., Found], *given: Any) -> Found:
        """The same for a plain function: what changes the state happens on one thread."""

        async def call() -> Found:
            return does(*given)

        return self.run(call())

    async def farewell(self) -> None:
        """What must end before the server does."""

    async def _listen(self, port: int) -> None:
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", port).start()
        self.at = f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def _end(self) -> None:
        await self.farewell()
        for _ in range(5):  # a connection that was accepted just now is made first, so that there is something to close
            await asyncio.sleep(0)
        await self.runner.cleanup()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


def wait_for(sought: Callable[[], Found], seconds: float, seen: Callable[[], object]) -> Found:
    """Wait until it gives something that is true; AssertionError after so many seconds, with what was seen."""
    end = time.monotonic() + seconds
    while not (found := sought()):
        assert time.monotonic() < end, f"not within {seconds} s; the last: {seen()}"
        time.sleep(0.01)
    return found
