"""Logs: one line per event on standard error; never the words of a message."""

import logging
import sys
import traceback
from types import TracebackType
from typing import Literal

import structlog

Raised = tuple[type[BaseException], BaseException, TracebackType | None]


def start(pretty: bool = False, level: Literal["info", "warning"] = "info") -> None:
    """From now on events of at least this level go to standard error: as JSON, or readable for who develops."""
    show: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if pretty
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_locals,
            show,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)


class _Libraries(logging.Handler):
    """What a library logs, in the same form. Of its message only the first line, which says what happened: asyncio
    writes the exception itself into the second."""

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage().splitlines() or [""]
        structlog.get_logger().log(record.levelno, said[0], exc_info=record.exc_info, library=record.name)


def _without_locals(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Of an exception: its kind and where it was raised; its message may hold what somebody typed."""
    error = _error(event.pop("exc_info", None))
    if error is not None:
        frames = [
            f"{frame.filename}:{frame.lineno}"
            for frame in traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False)
        ]
        ours = [frame for frame in frames[:-1] if "site-packages" not in frame]
        event["error"] = type(error).__name__
        event["at"] = [*ours[-5:], *frames[-1:]]
    return event


def _error(told: bool | BaseException | Raised | tuple[None, None, None] | None) -> BaseException | None:
    """The exception that an event is about, in each of the ways in which it can be told."""
    if isinstance(told, BaseException):
        return told
    if isinstance(told, tuple):
        return told[1]
    return sys.exc_info()[1] if told else None
