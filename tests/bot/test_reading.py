"""`python -m bot dates` and `understand`: the contract with the outside, and how much is read right."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SHARED = next((folder for folder in (ROOT.parent / "shared", Path("/work/shared")) if folder.exists()), ROOT / "shared")
LANGUAGE = SHARED / "data" / "language"
measured = pytest.mark.skipif(not LANGUAGE.exists(), reason=f"{LANGUAGE} is not on this machine")
PEOPLE = [
    {
        "id": "one",
        "surname": "Podt",
        "tussenvoegsel": None,
        "initials": "A.",
        "roepnaam": "Anne-Marijke",
        "fractie": "D66",
        "function": "Tweede Kamerlid",
        "organisation": "Tweede Kamer",
    }
]
VOCAB = {
    "kinds": ["gesprek", "telefoon"],
    "dossiers": ["opvang"],
    "positions": ["steunt", "tegen", "twijfelt", "gemengd"],
    "partners": ["UNHCR"],
    "team": ["tess"],
    "fracties": {"D66": []},
    "refuse": ["bsn", "v-nummer", "geboortedatum"],
}
AT = {"ref": "2026-11-24T10:15:00", "tz": "Europe/Amsterdam"}


def bot(arguments: list[str], lines: str) -> subprocess.CompletedProcess[str]:
    """One run of `python -m bot`, with these lines on its input."""
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, input=lines, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)


def answers(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """What it printed."""
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_dates_come_back_by_id_in_local_time() -> None:
    asked = [
        {"id": "a", "text": "vrijdag 14u", "prefer": "future"},
        {"id": "b", "text": "vrijdag", "prefer": "past"},
        {"id": "c", "text": "volgende week", "prefer": "future"},
        {"id": "d", "text": "uiterlijk 1 december 17:00", "prefer": "future"},
        {"id": "e", "text": "geen idee", "prefer": "future"},
        {"id": "f", "text": "31-02-2027", "prefer": "future"},
        {"id": "g", "text": "vanaf maandag", "prefer": "future"},
    ]
    done = bot(["dates"], "\n".join(json.dumps({**AT, **one}) for one in asked))
    assert [(one["id"], one["start"], one["end"]) for one in answers(done)] == [
        ("a", "2026-11-27T14:00", None),
        ("b", "2026-11-20", None),
        ("c", "2026-11-30", "2026-12-07"),
        ("d", None, "2026-12-01T17:00"),
        ("e", None, None),
        ("f", None, None),
        ("g", "2026-11-30", None),
    ]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The arguments for one person and a few words."""
    people, vocab = tmp_path / "people.json", tmp_path / "vocab.json"
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")
    vocab.write_text(json.dumps(VOCAB), encoding="utf-8")
    return ["understand", "--people", str(people), "--vocab", str(vocab)]


def test_a_sentence_comes_back_in_fields(files: list[str]) -> None:
    text = "/lobby log gisteren 11:00 gebeld met Podt (D66) over opvang en 36871, met UNHCR; vr terugbellen @tess"
    done = bot(files, json.dumps({"id": "s", "text": text, "author": "noor", **AT}))
    (found,) = answers(done)
    assert found["refuse"] is None
    assert found["kind"] == "telefoon"
    assert found["persons"] == [{"ids": ["one"], "ambiguous": False, "mention": "Podt"}]
    assert found["date"] == "2026-11-23T11:00"
    assert (found["dossiers"], found["bills"], found["partners"]) == (["opvang"], ["36871"], ["UNHCR"])
    assert found["follow_up"] == {"date": "2026-11-27", "assignee": "tess"}


def test_who_says_ik_is_the_author(files: list[str]) -> None:
    done = bot(
        files, json.dumps({"id": "s", "text": "Podt gebeld, ik stuur morgen de notitie", "author": "noor", **AT})
    )
    assert answers(done)[0]["follow_up"] == {"date": "2026-11-25", "assignee": "noor"}


def test_client_data_is_refused_and_nothing_else_is_said(files: list[str]) -> None:
    done = bot(files, json.dumps({"id": "s", "text": "Podt gebeld over BSN 111222333", "author": "noor", **AT}))
    assert answers(done) == [{"id": "s", "refuse": "bsn"}]


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"text": "x"}', '{"text": 1, "ref": "2026-11-24"}', '{"text": "x", "ref": "nu"}']
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    good = json.dumps({"id": "a", "text": "vandaag", "prefer": "future", **AT})
    done = bot(["dates"], f"{good}\n{line}\n")
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    done = bot(["understand", "--people", str(tmp_path / "none.json"), "--vocab", str(tmp_path / "none.json")], "")
    assert done.returncode == 2
    assert "none.json" in done.stderr
    assert "Traceback" not in done.stderr


@measured
def test_dates_are_read_as_well_as_promised(tmp_path: Path) -> None:
    """Of the office's own rows 97 % right and 1 % wrong; of the peers' points 85 % right and 6 % wrong."""
    totals = tmp_path / "totals.json"
    score = [
        sys.executable,
        str(LANGUAGE / "score_dates.py"),
        "-f",
        str(LANGUAGE / "dates.jsonl"),
        "--json",
        str(totals),
    ]
    subprocess.run(
        [*score, "--", sys.executable, "-m", "bot", "dates"], cwd=ROOT, check=True, capture_output=True, timeout=120
    )
    found = json.loads(totals.read_text(encoding="utf-8"))
    count, right, _, answered = found["source:lobby-own"]
    assert right >= 0.97 * count
    assert answered - right <= 0.01 * count
    points = [
        row for name, row in found.items() if re.fullmatch(r"kind:(?!lobby-own)[\w-]+/(?:date|datetime|time)", name)
    ]
    count, right, _, answered = (sum(column) for column in zip(*points, strict=True))
    assert right >= 0.85 * count
    assert answered - right <= 0.06 * count


@measured
def test_sentences_are_read_as_well_as_promised() -> None:
    """Persons and dates 0.97, the rest 0.95, no wrong person, all client data refused and nothing else."""
    score = [sys.executable, str(LANGUAGE / "score_logs.py"), "-f", str(LANGUAGE / "sentences.jsonl"), "--"]
    read = [sys.executable, "-m", "bot", "understand"]
    files = ["--people", str(LANGUAGE / "directory.json"), "--vocab", str(LANGUAGE / "vocab.json")]
    done = subprocess.run([*score, *read, *files], cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)
    fields = dict(re.findall(r"^(\S.{0,15}?)\s+\d+\s+\S+\s+\S+\s+([\d.]+)  ", done.stdout, re.MULTILINE))
    for name, least in {"persons": 97, "date": 97}.items():
        assert float(fields[name]) >= least, done.stdout
    for name in ("kind", "dossiers", "bills", "partners", "follow-up date", "assignee"):
        assert float(fields[name]) >= 95, done.stdout
    assert "wrong person silently chosen 0 " in done.stdout
    whole = re.search(r"whole sentence right\s+\d+ of \d+ = ([\d.]+)%", done.stdout)
    refused = re.search(r"refused (\d+) of (\d+) wrongly (\d+)", done.stdout)
    assert whole and float(whole[1]) >= 85
    assert refused and refused[1] == refused[2] and refused[3] == "0"
