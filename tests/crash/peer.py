"""What one writes first: a job of APScheduler for each reminder, which posts to Slack. A process of its own.

`python -m tests.crash.peer URL READY`: the job store, and a file in which it writes its pid when it runs.
Slack is tried again as its SDK knows how: after a 429, after a 5xx, and after a connection that broke.
"""

import os
import sys
import time
from datetime import UTC
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)
from slack_sdk.web import WebClient

LOOK = 0.1  # seconds: it does not see by itself what another process puts in its store


def remind(place: str, word: str) -> None:
    """The job."""
    retries = [ConnectionErrorRetryHandler(1), RateLimitErrorRetryHandler(2), ServerErrorRetryHandler(2)]
    client = WebClient(os.environ["PEER_TOKEN"], os.environ["PEER_API"], timeout=1, retry_handlers=retries)
    client.chat_postMessage(channel=place, text=f"Herinnering: {word}")


def scheduler(store: SQLAlchemyJobStore) -> BackgroundScheduler:
    """One on this store, with everything else as APScheduler has it."""
    return BackgroundScheduler(jobstores={"default": store}, timezone=UTC)


def main(url: str, ready: str) -> None:
    """Run until it is killed."""
    running = scheduler(SQLAlchemyJobStore(url=url))
    running.start()
    Path(ready).write_text(str(os.getpid()), encoding="ascii")
    while True:
        time.sleep(LOOK)
        running.wakeup()


if __name__ == "__main__":
    main(*sys.argv[1:3])
