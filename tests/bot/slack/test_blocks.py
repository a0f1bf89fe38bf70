"""Block Kit: golden files, the limits of Slack, and nothing that a user typed can mention or be lost."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slackblocks.errors import InvalidUsageError

from bot.slack.blocks import filled, home, messages, view
from handlers.reply import Button, Buttons, Field, Fields, File, Form, Option, Picture, Reply, Text
from tests.bot.golden import compare, left_over
from tests.bot.samples import OPEN, samples
from tests.bot.slack.judge import judge_message, judge_view
from tests.servers.slack_limits import check_view

SAMPLES = samples()
Made = dict[str, Any]


def link(part: Picture | File) -> str | None:
    """Every picture and file has an address here."""
    return f"https://lobby.example/files/{part.name}"


def nowhere(part: Picture | File) -> str | None:
    """An installation without a public address."""
    return None


@pytest.mark.parametrize("name", SAMPLES)
def test_golden(name: str) -> None:
    reply = SAMPLES[name]
    modal = view(reply.form, reply.language, reply.errors) if reply.form else None
    compare("slack", name, {"messages": messages(reply, link), "view": modal})


def test_no_golden_file_is_left_over() -> None:
    assert left_over("slack", set(SAMPLES)) == set()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("address", [link, nowhere])
def test_slack_would_take_it(name: str, address: Any) -> None:
    reply = SAMPLES[name]
    judge(messages(reply, address))
    if reply.form:
        modal = view(reply.form, reply.language, reply.errors)
        judge_view(modal)
        assert len({block["block_id"] for block in inputs(modal)}) == len(inputs(modal))


@pytest.mark.parametrize("name", SAMPLES)
def test_everything_is_said(name: str) -> None:
    in_order(spoken(SAMPLES[name]), words(messages(SAMPLES[name], link)))


@pytest.mark.parametrize("name", [name for name, reply in SAMPLES.items() if reply.form])
def test_a_form_sent_as_it_was_opened_says_what_stood_there(name: str) -> None:
    form = SAMPLES[name].form
    assert form
    shown = {field.name: field.value for field in form.fields}
    assert filled(submitted(view(form, "nl"))) == (form.action, shown)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_reply_fits_the_home_tab(name: str) -> None:
    assert check_view(home(SAMPLES[name])) == []


def test_the_home_tab_ends_between_two_items_and_says_that_there_is_more() -> None:
    rows = [part for number in range(60) for part in (Text(f"rij {number}"), Buttons((Button("Op", "help"),)))]
    *shown, last = home(Reply((Text("Dag", "heading"), *rows, Fields((("x", "y" * 50_000),)))))["blocks"]
    assert len(shown) == 99
    assert [block["type"] for block in shown[-2:]] == ["section", "actions"]
    assert last["elements"][0]["text"] == "Er is meer dan hier past. Typ /lobby om alles te zien."
    assert len(home(Reply(tuple(rows[:98])))["blocks"]) == 98


def judge(made: list[Made]) -> None:
    for message in made:
        judge_message(message)
        assert len(message["blocks"]) <= 50
        assert len(json.dumps(message["blocks"], ensure_ascii=False).encode("utf-16-le")) // 2 <= 12_000
        assert not re.search(r"[<>]|&(?!(amp|lt|gt);)", message["text"])
        assert message["text"]
        pressed = [button["action_id"] for block in message["blocks"] for button in buttons(block)]
        assert len(set(pressed)) == len(pressed)


def buttons(block: Made) -> list[Made]:
    return [*(block["elements"] if block["type"] == "actions" else []), *filter(None, [block.get("accessory")])]


def inputs(modal: Made) -> list[Made]:
    return [block for block in modal["blocks"] if block["type"] == "input"]


def words(made: list[Made]) -> str:
    """All that stands in the messages, without white space; what is on buttons comes after it."""
    body, pressed = "", ""
    for message in made:
        blocks = message["blocks"][:-1] if len(made) > 1 else message["blocks"]
        body += "".join("".join(texts(block)) for block in blocks)
        pressed += "".join(button["text"]["text"] for block in blocks for button in buttons(block))
    return "".join((body + pressed).split())


def texts(block: Made) -> Iterator[str]:
    match block["type"]:
        case "header" | "section":
            yield block["text"]["text"]
        case "context":
            yield from (text["text"] for text in block["elements"])
        case "rich_text":
            yield from (run["text"] for part in block["elements"] for run in part["elements"])
        case "image":
            yield block["alt_text"]


def spoken(reply: Reply) -> list[str]:
    """What must be read in the messages, in this order."""
    found = []
    for part in reply.parts:
        match part:
            case Text():
                found.append(part.text)
            case Fields():
                found += [word for row in part.whole for word in row]
            case Form():
                found += [part.title, part.line]
            case Picture():
                found.append(part.alt)
            case File():
                found += [part.label, part.name]
    return [*found, *(button.label[:70] for button in reply.buttons)]


def in_order(said: list[str], shown: str) -> None:
    at = 0
    for text in said:
        for word in text.split():
            found = shown.find(word, at)
            assert found >= 0, f"{word!r} is lost"
            at = found + len(word)


def submitted(modal: Made, trim: bool = False) -> Made:
    """What Slack sends when the modal is sent as it was opened."""
    state: Made = {}
    for block in inputs(modal):
        element, start = block["element"], dict(block["element"])
        answer: Made = {"type": element["type"]}
        match element["type"]:
            case "plain_text_input":
                text = start.get("initial_value")
                answer["value"] = text.strip() if text and trim else text
            case "datepicker":
                answer["selected_date"] = start.get("initial_date")
            case "timepicker":
                answer["selected_time"] = start.get("initial_time")
            case "static_select":
                answer["selected_option"] = start.get("initial_option")
            case "multi_static_select":
                answer["selected_options"] = start.get("initial_options", [])
        state[block["block_id"]] = {element["action_id"]: answer}
    backwards = dict(reversed(state.items()))
    return {"private_metadata": modal["private_metadata"], "state": {"values": backwards}}


TYPED = st.one_of(
    st.text(max_size=200),
    st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=30), st.integers(1, 300)),
    st.builds(lambda text, times: f"{text} " * times, st.text(min_size=1, max_size=30), st.integers(1, 300)),
    st.sampled_from(["<!channel>", "<@U1> *x*", "a\n" * 3000, "😀" * 4000, '"\\' * 2500, "\n" * 5000]),
)
PARTS = st.lists(
    st.one_of(
        st.builds(Text, TYPED, st.sampled_from(["plain", "heading", "quiet"]), st.sampled_from([None, OPEN])),
        st.builds(
            lambda rows, behind: Fields(tuple(rows), tuple(behind)),
            st.lists(st.tuples(st.text(max_size=40), TYPED), max_size=5),
            st.lists(TYPED, max_size=6),
        ),
        st.builds(lambda label: Buttons((Button(label, "druk"), OPEN)), TYPED),
        st.builds(lambda title, line: Form(title, "log", (), "Op", OPEN, line=line), TYPED, TYPED),
        st.builds(lambda alt: Picture("a.png", alt, b""), TYPED),
        st.builds(lambda label: File("a.txt", label, b""), TYPED),
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(PARTS, st.sampled_from([link, nowhere]))
def test_whatever_is_typed_it_fits_and_nothing_is_lost(parts: list[Any], address: Any) -> None:
    reply = Reply(tuple(parts))
    made = messages(reply, address)
    judge(made)
    assert "mrkdwn" not in {found for message in made for block in message["blocks"] for found in kinds(block)}
    in_order([text for text in spoken(Reply(tuple(p for p in parts if not isinstance(p, Buttons))))], words(made))


def kinds(value: Any) -> Iterator[str]:
    """Every "type" anywhere in it."""
    if isinstance(value, dict):
        yield value.get("type", "")
        for inner in value.values():
            yield from kinds(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from kinds(inner)


@settings(deadline=None, max_examples=60)
@given(TYPED, st.sampled_from(["line", "text"]), st.sampled_from([300, 3000, 4000, 9000]))
def test_whatever_stands_in_a_form_comes_back(typed: str, kind: Any, limit: int) -> None:
    form = Form("Titel", "log", (Field("notes", "Notities", kind, typed, limit=limit),), "Op", OPEN)
    modal = view(form, "nl")
    judge_view(modal)
    assert filled(submitted(modal)) == (form.action, {"notes": typed})
    # Should Slack trim its boxes, then only white space changes.
    assert filled(submitted(modal, trim=True))[1]["notes"].split() == typed.split()


def test_what_is_typed_on_in_the_second_box_is_a_new_line() -> None:
    boxes = {
        f"notes~{n}": {"answer": {"type": "plain_text_input", "value": text}} for n, text in ((1, "een"), (2, "twee"))
    }
    assert filled({"private_metadata": "log/", "state": {"values": boxes}}) == ("log/", {"notes": "een\ntwee"})


def test_a_required_text_in_two_boxes_asks_for_the_first_only() -> None:
    form = Form("Titel", "log", (Field("notes", "Notities", "text", required=True, limit=4000),), "Op", OPEN)
    assert [block["optional"] for block in inputs(view(form, "nl"))] == [False, True]


def test_an_error_stands_above_its_field() -> None:
    form = Form("Titel", "log", (Field("a", "A"), Field("b", "B")), "Op", OPEN)
    blocks = view(form, "nl", {"b": "Dat kan niet."})["blocks"]
    assert [block["type"] for block in blocks] == ["input", "section", "input"]
    assert blocks[1]["text"]["text"] == "Dat kan niet."


def test_a_choice_that_nobody_can_make_is_not_asked() -> None:
    form = Form("Titel", "log", (Field("a", "A", "choice"),), "Op", OPEN)
    assert inputs(view(form, "nl")) == []


def test_a_choice_can_be_taken_back() -> None:
    """Slack has no option without a value and no way to unchoose: `nothing` is an option like the others."""
    options = (Option("", "nee"), Option("ja", "ja"))
    form = Form("Titel", "log", (Field("a", "A", "choice", "", options),), "Op", OPEN)
    element = inputs(view(form, "nl"))[0]["element"]
    assert [option["text"]["text"] for option in element["options"]] == ["nee", "ja"]
    assert element["initial_option"]["text"]["text"] == "nee"
    chosen = {"a": {"answer": {"type": "static_select", "selected_option": element["options"][0]}}}
    assert filled({"private_metadata": "log/", "state": {"values": chosen}}) == ("log/", {"a": ""})


def test_nothing_to_say_is_no_message() -> None:
    assert messages(Reply((Text(""), Buttons(()))), link) == []


def test_what_slack_cannot_carry_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="carries more"):
        messages(Reply((Buttons((Button("Op", "log", "x" * 2000),)),)), link)
    with pytest.raises(ValueError, match="carries more"):
        view(Form("Titel", "log", (), "Op", OPEN, "x" * 3000), "nl")


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "section", "text": {"type": "plain_text", "text": "x" * 3001, "emoji": False}}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151, "emoji": False}}],
        [{"type": "section", "text": {"type": "plain_text", "text": "x", "emoji": False}}] * 51,
        [{"type": "section", "text": {"type": "plain_text", "text": "", "emoji": False}}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x"}}],
    ],
)
def test_the_judge_can_say_no(blocks: list[Made]) -> None:
    with pytest.raises((InvalidUsageError, AssertionError)):
        judge_message({"text": "x", "blocks": blocks})
