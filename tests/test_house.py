"""The rules of the house: who imports whom, how long things are, that nobody asks the clock, and that every sentence
has its twin in the other language and somebody who says it."""

import ast
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from handlers.routes import ROUTES
from handlers.tasks import kinds as task_kinds
from handlers.texts import catalogue
from handlers.understanding.words import kinds

ROOT = Path(__file__).parents[1]
PRODUCT = ("bot", "handlers", "storage", "parliament", "config")
EVERYTHING = (*PRODUCT, "tests", "bench")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _files(*packages: str) -> list[Path]:
    """The Python files of these packages. A migration is one long list of statements, and counts for no budget."""
    found = [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]
    return [path for path in found if not {"versions", "node_modules"} & set(path.parts)]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _nodes(*packages: str) -> Iterator[tuple[str, ast.AST]]:
    """(where, node) of everything in these packages; `where` is file:line."""
    for path in _files(*packages):
        for node in ast.walk(_tree(path)):
            yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node


def _length(function: Function) -> int:
    """Lines from `def` to the end, the docstring not counted."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def _functions(*packages: str) -> list[tuple[str, Function]]:
    return [(where, node) for where, node in _nodes(*packages) if isinstance(node, Function)]


# --- who imports whom


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the product, to plant things in."""
    copy = tmp_path_factory.mktemp("house")
    for package in PRODUCT:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def _broken_contracts(house: Path) -> list[str]:
    """The names of the import contracts that do not hold."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=house, capture_output=True, text=True, timeout=120, check=False)
    broken = re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE)
    assert (done.returncode != 0) == bool(broken), done.stdout + done.stderr
    return broken


def test_the_house_keeps_its_contracts(house: Path) -> None:
    assert _broken_contracts(house) == []


@pytest.mark.parametrize(
    ("file", "planted", "contract"),
    [
        ("handlers/undo.py", "import sqlalchemy", "handlers know no platform, no network, no clock and no SQL"),
        ("handlers/contacts/log.py", "import slack_sdk", "handlers know no platform, no network, no clock and no SQL"),
        ("handlers/undo.py", "import config", "only the __main__ modules import config"),
        ("handlers/undo.py", "from bot import run", "bot -> handlers -> storage | parliament"),
        ("storage/posts.py", "import aiohttp", "storage knows no platform and no network"),
        ("storage/posts.py", "from handlers import undo", "storage, parliament and config import nothing of ours"),
        ("storage/posts.py", "import config", "storage, parliament and config do not know each other"),
        ("parliament/item.py", "from storage import posts", "storage, parliament and config do not know each other"),
        ("bot/webchat/rooms.py", "import slack_sdk", "only bot.slack imports Slack's SDKs"),
        ("bot/run.py", "from botbuilder import core", "only bot.teams imports botbuilder"),
        ("bot/run.py", "from config import settings", "only the __main__ modules import config"),
    ],
)
def test_a_forbidden_import_is_caught(house: Path, file: str, planted: str, contract: str) -> None:
    path = house / file
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\n{planted}  # noqa\n", encoding="utf-8")
    try:
        assert contract in _broken_contracts(house)
    finally:
        path.write_text(before, encoding="utf-8")


# --- how long things are


def test_every_file_opens_with_a_docstring_that_begins_on_one_line() -> None:
    silent = [str(path) for path in _files(*EVERYTHING) if not (ast.get_docstring(_tree(path)) or "").strip()]
    assert silent == []


def test_no_function_is_longer_than_40_lines() -> None:
    assert [(where, _length(one)) for where, one in _functions(*EVERYTHING) if _length(one) > 40] == []


def test_nine_functions_in_ten_are_at_most_24_lines() -> None:
    lengths = sorted(_length(one) for _, one in _functions(*PRODUCT))
    assert lengths[len(lengths) * 9 // 10] <= 24


def test_no_file_is_longer_than_350_lines() -> None:
    lengths = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _files(*EVERYTHING)}
    assert {path: length for path, length in lengths.items() if length > 350} == {}


def test_half_of_the_files_are_at_most_130_lines() -> None:
    assert statistics.median(len(path.read_text(encoding="utf-8").splitlines()) for path in _files(*PRODUCT)) <= 130


def test_no_function_takes_more_than_five_arguments() -> None:
    def takes(function: Function) -> int:
        given = function.args
        named = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
        return len([name for name in named if name not in {"self", "cls"}])

    assert [(where, takes(one)) for where, one in _functions(*PRODUCT) if takes(one) > 5] == []


def test_one_place_alone_keeps_everything_that_can_go_wrong_to_itself() -> None:
    """Catching everything and raising it again hides nothing."""

    def hides(node: ast.AST) -> bool:
        if not isinstance(node, ast.ExceptHandler):
            return False
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        broad = any(one is None or ast.unparse(one) in {"Exception", "BaseException"} for one in caught)
        return broad and ast.unparse(node.body[-1]) != "raise"

    assert [where.partition(":")[0] for where, node in _nodes(*PRODUCT) if hides(node)] == ["bot/run.py"]


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "base", "models", "model", "manager", "misc", "service"}
    assert [str(path) for path in _files(*EVERYTHING) if path.stem in empty or path.parent.name in empty] == []


# --- the clock

CLOCKS = {"datetime": {"now", "utcnow", "today"}, "date": {"today"}, "time": {"time", "time_ns", "localtime", "gmtime"}}


@pytest.mark.parametrize("package", ["handlers", "storage"])
def test_nobody_below_the_edge_asks_what_time_it_is(package: str) -> None:
    """The bot says when it was asked; time.monotonic measures how long something takes, and is no clock."""
    asked = [
        f"{where} {ast.unparse(node)}"
        for where, node in _nodes(package)
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS.get(ast.unparse(node.value).split(".")[-1], ())
    ]
    imported = [
        where
        for where, node in _nodes(package)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        if {each.name for each in node.names} & CLOCKS["time"]
    ]
    assert asked + imported == []


# --- the sentences

TABLES = {key.partition(".")[0] for key in catalogue("nl")}
KEY = re.compile(r"[a-z_]+\.\w+")
PAGE = ROOT / "bot" / "webchat" / "page"


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _literals() -> dict[str, str]:
    """Every key that stands in the code in so many words, with where."""
    pieces = _pieces()
    return {
        node.value: where
        for where, node in _nodes("bot", "handlers")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces
        if KEY.fullmatch(node.value) and node.value.partition(".")[0] in TABLES
    }


def _pieces() -> set[int]:
    """The nodes that are a part of an f-string."""
    strings = (node for _, node in _nodes("bot", "handlers") if isinstance(node, ast.JoinedStr))
    return {id(piece) for string in strings for piece in string.values}


@cache
def _patterns() -> list[re.Pattern[str]]:
    """The keys that are put together: `f"kind.{…}"` is every key of that table."""
    found: set[str] = set()
    for _, node in _nodes("bot", "handlers"):
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"(\w+)" for one in node.values]
            if KEY.match(str(getattr(node.values[0], "value", "")) + "x"):
                found.add("".join(parts))
    return [re.compile(pattern) for pattern in found]


def _webchat_keys() -> set[str]:
    """The words of the page: named in its files, or in what its server refuses with."""
    page = "".join(path.read_text(encoding="utf-8") for path in PAGE.iterdir() if path.suffix in {".html", ".js"})
    written = page + "".join(path.read_text(encoding="utf-8") for path in _files("bot/webchat"))
    words = set(re.findall(r"\w+", written))
    around = set(re.findall(r"\b([a-z]+_)\$?\{[^}]*\}(\w*)", written))  # `example_${name}_about`
    words |= {f"{before}{word}{after}" for before, after in around for word in words}
    return {f"webchat.{word}" for word in words}


def _manifest_keys() -> set[str]:
    """The sentences that Teams shows, out of the manifest of its app."""
    return set(re.findall(r"\{(\w+\.\w+)\}", (ROOT / "config/teams/manifest.json").read_text(encoding="utf-8")))


def test_both_languages_have_the_same_sentences_with_the_same_facts_in_them() -> None:
    dutch, english = catalogue("nl"), catalogue("en")
    assert dutch.keys() == english.keys()
    assert [key for key in dutch if _placeholders(dutch[key]) != _placeholders(english[key])] == []
    assert [key for key in dutch if not (dutch[key].strip() and english[key].strip())] == []


def test_every_verb_has_its_help_and_an_example_in_both_languages() -> None:
    verbs = [route.verb for route in ROUTES if route.verb]
    wanted = [f"{table}.{verb}" for table in ("help", "usage") for verb in verbs]
    assert [key for language in ("nl", "en") for key in wanted if key not in catalogue(language)] == []
    assert [verb for verb in verbs if not catalogue("nl")[f"usage.{verb}"].startswith(f"/lobby {verb}")] == []


def _kinds() -> set[str]:
    """The kinds of contact as the texts name them: `bestuurlijk overleg` is `bestuurlijk_overleg`."""
    return {kind.replace(" ", "_").replace("-", "_") for kind in kinds()}


def _task_kinds() -> set[str]:
    """The kinds of task as the texts name them."""
    return {task_kinds.key(kind) for kind in (*task_kinds.KINDS, task_kinds.FOLLOW_UP)}


def test_every_kind_of_task_has_a_name() -> None:
    assert {key for key in catalogue("nl") if key.startswith("task_kind.")} == {
        f"task_kind.{kind}" for kind in _task_kinds()
    }


def test_every_kind_of_contact_has_a_name() -> None:
    assert [kind for kind in _kinds() if f"kind.{kind}" not in catalogue("nl")] == []
    assert len(_kinds()) == 16


def test_every_sentence_that_is_said_exists() -> None:
    assert {key: where for key, where in _literals().items() if key not in catalogue("nl")} == {}


def test_every_sentence_is_said() -> None:
    """In so many words, by the page, or put together of words that stand in the code."""
    code = "".join(path.read_text(encoding="utf-8") for path in _files("bot", "handlers", "storage"))
    words = (
        set(re.findall(r"\w+", code.lower() + code.lower().replace("-", "_"))) | _kinds() | _task_kinds()
    )  # v_nummer
    said = _literals().keys() | _webchat_keys() | _manifest_keys()
    for key in catalogue("nl"):
        put_together = (one.fullmatch(key) for one in _patterns())
        if any(match and set(match.groups()) <= words for match in put_together):
            said = said | {key}
    assert [key for key in catalogue("nl") if key not in said] == []


def _said() -> Iterator[tuple[str, str, set[str]]]:
    """(where, key, facts) of every sentence that is said with a key and facts that stand there in so many words."""
    problems = dict.fromkeys(("Problem", "NotFound", "NotAllowed", "ClientData"), 0)
    places = {"say": 1, **problems}  # which argument is the key
    for where, node in _nodes("bot", "handlers"):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) not in places:
            continue
        name = ast.unparse(node.func)
        key = node.args[places[name]] if len(node.args) > places[name] else None
        facts = {keyword.arg or "**" for keyword in node.keywords} - ({"field"} if name in problems else set())
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and "**" not in facts:
            yield where, key.value, facts


def test_every_sentence_gets_the_facts_it_names() -> None:
    said, sentences = list(_said()), catalogue("nl")
    assert len(said) > 100
    assert [(where, key) for where, key, facts in said if facts != _placeholders(sentences.get(key, ""))] == []
