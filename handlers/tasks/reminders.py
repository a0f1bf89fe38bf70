"""The words of each notice about a task, when its time has come."""

from datetime import datetime

from handlers.reply import About, Reply, Text
from handlers.tasks.woken import Woken
from storage import tasks
from storage.database import Connection
from storage.outbox import Notice


def card(notice: Notice, db: Connection, now: datetime) -> Woken:
    task = tasks.get(db, notice.row_id)
    if task is None or not task.is_open:
        return Woken(why="not open")
    shown = (Text(f"T{task.id} · {task.title}", tone="heading"),)
    return Woken(Reply(shown, private=False, about=About("task", task.id, task.version)))


rung = escalated = assigned = update = moved = told = card
