"""Six cells of the matrix, ten faults in each: nothing lost, nothing twice. `make crash` runs all of them.

LOBBY_CRASHES faults per cell (10), drawn from LOBBY_SEED (1).
"""

import os

import pytest

from tests.crash import matrix
from tests.crash.cells import NAMED, Found
from tests.crash.matrix import DidNotRun

FAULTS = int(os.environ.get("LOBBY_CRASHES", "10"))
SEED = int(os.environ.get("LOBBY_SEED", "1"))
AT_ONCE = 3


def test_six_named_cells_keep_their_promises(capsys: pytest.CaptureFixture[str]) -> None:
    found = list(matrix.run(NAMED, SEED, FAULTS, AT_ONCE))
    assert [str(one) for one in found if isinstance(one, DidNotRun)] == []
    cells = [one for one in found if isinstance(one, Found)]
    assert {one.cell: one.broken for one in cells} == {cell.name: () for cell in NAMED}
    assert [one.cell for one in cells if one.faults < FAULTS or one.channels < 50] == []
    with capsys.disabled():
        for one in cells:
            doubles = f", {one.marked} marked of {one.doubted} in doubt" if one.cell.endswith("teams/1") else ""
            print(f"\n{one.cell}: {one.faults} faults, {one.reminders} reminders, none lost{doubles}", end="")  # noqa: T201  # these figures are published
