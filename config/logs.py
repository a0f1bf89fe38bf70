"""Logs: one JSON line per event on standard error; never the words of a message."""

import logging
import sys

import structlog


def start(pretty: bool = False) -> None:
    """From now on events go to standard error: as JSON, or readable for a person who develops."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
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
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def _without_locals(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Of an exception: its kind and where it was raised; its message may hold what somebody typed."""
    error = sys.exc_info()[1] if event.pop("exc_info", None) else None
    if error is not None:
        frames = []
        trace = error.__traceback__
        while trace is not None:
            frames.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
            trace = trace.tb_next
        event["error"] = type(error).__name__
        event["at"] = frames[-6:]
    return event
