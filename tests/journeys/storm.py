"""A storm of requests: what a platform sends, bent, many at the same time."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import ClientSession, TCPConnector

AT_ONCE = 8  # connections that are kept open

Headers = Mapping[str, str]

ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1e308,
    "",
    " ",
    "\ud800",
    "\0",
    "x" * 5000,
    [],
    {},
    [[]],
    {"a": {}},
    ["U0ALICE01"],
    "<!channel>",
)


def bent(rng: random.Random, thing: Any) -> Any:
    """The same with one value of another type, one key gone, or one that nobody knows, at some level."""
    if not isinstance(thing, dict | list) or not thing or rng.random() < 0.2:
        return rng.choice(ODD)
    if isinstance(thing, list):
        number = rng.randrange(len(thing))
        return [*thing[:number], bent(rng, thing[number]), *thing[number + 1 :]]
    key = rng.choice(list(thing))
    if rng.random() < 0.25:
        return {other: value for other, value in thing.items() if other != key}
    return {**thing, key: bent(rng, thing[key])}


async def post(
    address: str, requests: Sequence[tuple[bytes, Headers]], at_once: int = AT_ONCE
) -> list[tuple[int, str]]:
    """(status, body) of each request, sent over so many connections at the same time."""
    answers: list[tuple[int, str]] = [(0, "")] * len(requests)
    left = iter(enumerate(requests))

    async def send(session: ClientSession) -> None:
        for number, (body, headers) in left:
            async with session.post(address, data=body, headers=headers) as response:
                answers[number] = response.status, (await response.read()).decode(errors="replace")

    async with ClientSession(connector=TCPConnector(limit=at_once)) as session:
        await asyncio.gather(*(send(session) for _ in range(at_once)))
    return answers
