"""The table of docs/reliability.md, out of what was found."""

from collections.abc import Mapping, Sequence

from tests.crash.cells import CELLS, FAULTS, GRACES, OURS, Cell, Found
from tests.crash.process import LEASE

COLUMNS = (
    "what breaks",
    "database",
    "processes",
    "platform",
    "faults",
    "reminders",
    "lost",
    "twice",
    "marked double / in doubt",
    "reported",
    "taken back",
    "late s: median, worst",
    "APScheduler, grace 1 s: lost / twice",
    "grace None: lost / twice",
)
CALLED = {
    "kill": "kill -9",
    "stop": f"SIGSTOP past the lease ({LEASE:g} s here)",
    "storm": "429 storm",
    "down": "503",
    "lost_reply": "reply lost after accept",
    "lost_before": "accept lost",
    "black_hole": "black-holed connection",
    "locked": "database locked",
    "disk_full": "disk full",
    "sqlite": "SQLite",
    "postgresql": "PostgreSQL",
    "slack": "Slack",
    "teams": "Teams",
}


def table(found: Mapping[str, Found]) -> str:
    """Markdown: a row for each cell of ours that was run, with APScheduler beside it. `found`: by the cell's name."""
    ours = [cell for cell in CELLS.values() if cell.who == OURS and cell.name in found]
    ours.sort(key=lambda cell: (FAULTS.index(cell.fault), cell.platform, cell.store != "sqlite", cell.replicas))
    ruler = ["---"] * 4 + ["--:"] * (len(COLUMNS) - 4)
    lines = [COLUMNS, ruler, *(_row(cell, found) for cell in ours)]
    return "\n".join([_head(list(found.values())), "", *(f"| {' | '.join(line)} |" for line in lines)])


def _head(found: Sequence[Found]) -> str:
    seeds = ", ".join(sorted({f"seed {one.seed}" for one in found}))
    machines = ", ".join(sorted({one.machine for one in found}))
    days = sorted(one.at for one in found)
    return f"{days[0]} – {days[-1]} · {machines} · {seeds}" if found else "Nothing was run yet."


def _row(cell: Cell, found: Mapping[str, Found]) -> Sequence[str]:
    one = found[cell.name]
    teams = cell.platform == "teams"
    return (
        CALLED[cell.fault],
        CALLED[cell.store],
        f"{cell.replicas}{' (one stands by)' if cell.store == 'sqlite' and cell.replicas > 1 else ''}",
        CALLED[cell.platform],
        str(one.faults),
        f"{one.reminders:,} in {one.channels}",
        f"**{one.lost}**",
        f"**{one.twice - one.marked}**",
        f"{one.marked} / {one.doubted}" if teams else "–",
        str(one.reported),
        str(one.healed),
        f"{one.late[0]:.1f}, {one.late[1]:.1f}",
        *(_beside(cell, found, who) for who in GRACES),
    )


def _beside(cell: Cell, found: Mapping[str, Found], who: str) -> str:
    """Its share of what was lost, and how many came twice."""
    one = found.get(f"{who}/{cell.store}/{cell.fault}/{cell.platform}/{cell.replicas}")
    return f"{one.lost} ({one.lost / one.reminders:.0%}) / {one.twice}" if one else "–"
