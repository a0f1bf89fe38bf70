"""Reply -> Block Kit. What a user typed stands in plain_text and rich_text only: those cannot mention or format."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, assert_never

from bot.pieces import NOTHING, pages, pieces, shortened, units
from handlers.reply import Button, Buttons, Field, Fields, File, Form, Option, Part, Picture, Reply, Text
from handlers.texts import say

Block = dict[str, Any]
Address = Callable[[Picture | File], str | None]

MESSAGE_BLOCKS = 49  # Slack takes 50; one is kept for "part 1 of 2"
HOME_BLOCKS = 99  # Slack takes 100; one is kept to say that there is more
MESSAGE_SIZE = 11_600  # characters of JSON; Slack refuses somewhere between 12,000 and 13,200
TEXT = 3000
HEADER = 150
RUN = 2000  # our own measure, so that two runs and a label make a block of less than 5,000
LABEL = 75
BESIDE = 30  # letters of a button that still leaves room for the text beside it
TITLE = 24
ACTION = 2000
METADATA = 3000
ALT = 2000
IN_A_ROW = 25  # buttons in one block
IN_A_LIST = 100  # options in one list, or in one group of it


def messages(reply: Reply, address: Address) -> list[Block]:
    """The messages {"text", "blocks"} that say all of the reply; none when there is nothing to say.

    address  gives the link of a picture or file, or None: then its words stand there
    ValueError when a button carries more than Slack gives back.
    """
    items = [list(_part(part, reply, address)) for part in reply.parts]
    found = pages([item for item in items if item], _fit)
    return [_message(page, number, len(found), reply.language) for number, page in enumerate(found, 1)]


def home(reply: Reply) -> Block:
    """The home tab that shows the reply: whole items, as many as fit; a last line says where the others are."""
    items = [list(_part(part, reply, lambda part: None)) for part in reply.parts]
    shown, *more = pages(items, lambda found: len(found) <= HOME_BLOCKS) or [[]]
    if more:
        shown.append(_quiet(say(reply.language, "pages.more")))
    return {"type": "home", "blocks": _numbered(shown)}


def view(form: Form, language: str, errors: Mapping[str, str] | None = None) -> Block:
    """The modal that asks the form; `errors` (field -> sentence) stand above their field.

    ValueError when the form carries more than Slack gives back.
    """
    if units(form.action) > METADATA:
        raise ValueError(f"the form {form.verb!r} carries more than {METADATA} characters")
    blocks: list[Block] = [] if units(form.title) <= TITLE else list(_text(Text(form.title, "heading")))
    for field in form.fields:
        blocks += _text(Text((errors or {}).get(field.name, "")))
        blocks += _inputs(field)
    if form.line:
        blocks += _text(Text(say(language, "form.line", line=form.line), "quiet"))
    return {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": form.action,
        "title": _plain(form.title, TITLE),
        "submit": _plain(form.submit, TITLE),
        "close": _plain(say(language, "form.close"), TITLE),
        "blocks": blocks,
    }


def filled(view_payload: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """(action, values) of a submitted modal: the `view` of the payload Slack sends."""
    values: dict[str, str] = {}
    boxes = [(block.partition("~"), element) for block, element in view_payload["state"]["values"].items()]
    for (name, _, box), elements in sorted(boxes, key=lambda found: int(found[0][2].rstrip("+") or 0)):
        answer = _answer(elements["answer"])
        values[name] = _rejoined(values[name], answer, box.endswith("+")) if name in values else answer
    return view_payload["private_metadata"], values


def _message(blocks: list[Block], number: int, total: int, language: str) -> Block:
    # Slack reads the fallback as mrkdwn, so the three signs that can mention are escaped there.
    fallback = escape(shortened("\n".join(map(_words, blocks)), TEXT), quote=False)
    if total > 1:
        blocks = [*blocks, _quiet(say(language, "pages.part", number=number, total=total))]
    return {"text": fallback, "blocks": _numbered(blocks)}


def _numbered(blocks: list[Block]) -> list[Block]:
    """The same, with a name of its own for each button."""
    for count, button in enumerate((button for block in blocks for button in _pressable(block)), 1):
        button["action_id"] += f"-{count}"
    return blocks


def _fit(blocks: list[Block]) -> bool:
    return len(blocks) <= MESSAGE_BLOCKS and units(json.dumps(blocks, ensure_ascii=False)) <= MESSAGE_SIZE


def _part(part: Part, reply: Reply, address: Address) -> Iterator[Block]:
    match part:
        case Text():
            yield from _text(part)
        case Fields():
            yield from _fields(part)
        case Buttons():
            yield from _buttons(part.buttons)
        case Form():
            yield from _closed(part, reply)
        case Picture():
            yield from _picture(part, address(part))
        case File():
            yield from _file(part, address(part), reply.language)
        case _:
            assert_never(part)


def _text(part: Text) -> Iterator[Block]:
    said = [piece.strip("\n") for piece in pieces(part.text, TEXT) if piece.strip()]
    blocks: list[Block]
    if part.tone == "heading":
        short = len(said) == 1 and units(said[0]) <= HEADER and "\n" not in said[0]
        blocks = [{"type": "header", "text": _plain(said[0])}] if short else [_rich([_run(it, "bold")]) for it in said]
    elif part.tone == "quiet":
        blocks = [_quiet(piece) for piece in said]
    else:
        blocks = [_section(piece) for piece in said]
    if part.button and part.tone == "plain" and blocks and units(part.button.label) <= BESIDE:
        blocks[0]["accessory"] = _button(part.button)
    elif part.button:
        blocks += _buttons((part.button,))
    yield from blocks


def _fields(part: Fields) -> Iterator[Block]:
    rows = []
    for label, value, behind in part.whole:
        name = [_run(piece, "bold") for piece in pieces(f"{label}: " if label.strip() else "", RUN)]
        said = [_run(piece) for piece in pieces(value.strip() or "–", RUN)]
        said += [_run(piece, "italic") for piece in pieces(f" {behind}" if behind.strip() else "", RUN)]
        rows.append([*name, *said[:-1], {**said[-1], "text": f"{said[-1]['text']}\n"}])
    for page in pages(rows, lambda runs: sum(units(run["text"]) for run in runs) <= TEXT):
        yield _rich([*page[:-1], {**page[-1], "text": page[-1]["text"].rstrip("\n")}])


def _buttons(buttons: Sequence[Button]) -> Iterator[Block]:
    for start in range(0, len(buttons), IN_A_ROW):
        yield {"type": "actions", "elements": [_button(button) for button in buttons[start : start + IN_A_ROW]]}


def _closed(form: Form, reply: Reply) -> Iterator[Block]:
    # A message cannot hold a form; its button opens one.
    yield from _text(Text(form.title, "heading"))
    for field in form.fields:
        if field.name in reply.errors:
            yield from _text(Text(f"{field.label}: {reply.errors[field.name]}"))
    if form.line:
        yield from _text(Text(say(reply.language, "form.line", line=form.line), "quiet"))
    yield from _buttons((form.open,))


def _picture(picture: Picture, link: str | None) -> Iterator[Block]:
    words = picture.alt if picture.alt.strip() else picture.name
    if link:
        yield {"type": "image", "image_url": link, "alt_text": shortened(words, ALT)}
    if not link or units(words) > ALT:
        yield from _text(Text(words))


def _file(file: File, link: str | None, language: str) -> Iterator[Block]:
    first, *rest = _text(Text(f"{file.label} ({file.name})"))
    if link:
        words = _plain(say(language, "form.download"), LABEL)
        first["accessory"] = {"type": "button", "action_id": "link", "text": words, "url": link}
    yield from (first, *rest)


def _inputs(field: Field) -> Iterator[Block]:
    match field.kind:
        case "line" | "text":
            yield from _boxes(field)
        case "choice" | "choices":
            if field.options:  # Slack has no list without options
                yield _input(field, _list(field))
        case "date":
            start = {"initial_date": field.value} if field.value else {}
            yield _input(field, {"type": "datepicker", **start})
        case "time":
            start = {"initial_time": field.value} if field.value else {}
            yield _input(field, {"type": "timepicker", **start})
        case _:
            assert_never(field.kind)


def _boxes(field: Field) -> Iterator[Block]:
    """One box, or for a text longer than Slack's box `name~1`, `name~2` …; `name~2+` goes on within a word."""
    started = pieces(field.value, TEXT)
    total = max(len(started), -(-field.limit // TEXT), 1)
    before = " "
    for number, start in enumerate([*started, *[""] * (total - len(started))], 1):
        box: Block = {
            "type": "plain_text_input",
            "multiline": field.kind == "text" or "\n" in field.value,
            "max_length": min(TEXT, max(field.limit - TEXT * (number - 1), units(start), 1)),
        }
        if start:
            box["initial_value"] = start
        within = "" if not start or before[-1].isspace() or start[0].isspace() else "+"
        before = start or " "
        yield _input(field, box, f"~{number}{within}" if total > 1 else "", f" ({number}/{total})" if total > 1 else "")


def _list(field: Field) -> Block:
    options = [_option(option) for option in field.options]
    groups = [options[start : start + IN_A_LIST] for start in range(0, len(options), IN_A_LIST)]
    element: Block = {"type": "static_select" if field.kind == "choice" else "multi_static_select"}
    if len(groups) == 1:
        element["options"] = options
    else:
        element["option_groups"] = [{"label": _span(group), "options": group} for group in groups]
    chosen = [option for option in options if option["value"] in (field.value or NOTHING).split(",")]
    if chosen and field.kind == "choice":
        element["initial_option"] = chosen[0]
    elif chosen:
        element["initial_options"] = chosen
    return element


def _span(group: list[Block]) -> Block:
    first, last = group[0]["text"]["text"], group[-1]["text"]["text"]
    return _plain(f"{shortened(first, 35)} – {shortened(last, 35)}", LABEL)


def _option(option: Option) -> Block:
    return {"text": _plain(option.label.strip() or option.value, LABEL), "value": option.value or NOTHING}


def _input(field: Field, element: Block, box: str = "", which: str = "") -> Block:
    block = {
        "type": "input",
        "block_id": field.name + box,
        "label": _plain(shortened(field.label.strip() or field.name, ALT - 10) + which),
        "element": {**element, "action_id": "answer"},
        "optional": not field.required or box not in ("", "~1"),
    }
    return {**block, "hint": _plain(field.hint, ALT)} if field.hint.strip() else block


def _answer(element: Mapping[str, Any]) -> str:
    match element["type"]:
        case "datepicker":
            return element.get("selected_date") or ""
        case "timepicker":
            return element.get("selected_time") or ""
        case "static_select":
            chosen = str((element.get("selected_option") or {}).get("value", ""))
            return "" if chosen == NOTHING else chosen
        case "multi_static_select":
            return ",".join(option["value"] for option in element.get("selected_options") or [])
        case _:
            return element.get("value") or ""


def _rejoined(text: str, more: str, within_a_word: bool) -> str:
    """Two boxes as one text: as we cut it, or on a new line what somebody typed on in the next box."""
    cut = within_a_word or text[-1:].isspace() or more[:1].isspace()
    return text + more if cut or not text or not more else f"{text}\n{more}"


def _button(button: Button) -> Block:
    action = button.action
    if units(action) > ACTION:
        raise ValueError(f"the button {button.label!r} carries more than {ACTION} characters")
    label = _plain(button.label.strip() or button.verb, LABEL)
    style = {} if button.style == "plain" else {"style": button.style}
    return {"type": "button", "action_id": "press", "text": label, "value": action, **style}


def _section(text: str) -> Block:
    return {"type": "section", "text": _plain(text)}


def _quiet(text: str) -> Block:
    return {"type": "context", "elements": [_plain(text)]}


def _rich(runs: list[Block]) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}


def _run(text: str, style: str = "") -> Block:
    return {"type": "text", "text": text, **({"style": {style: True}} if style else {})}


def _plain(text: str, limit: int = TEXT) -> Block:
    return {"type": "plain_text", "text": shortened(text, limit), "emoji": False}


def _pressable(block: Block) -> list[Block]:
    found: list[Block] = block.get("elements", []) if block["type"] == "actions" else []
    return [*found, block["accessory"]] if "accessory" in block else found


def _words(block: Block) -> str:
    """The block as a screen reader or a notification says it."""
    said: list[str]
    match block["type"]:
        case "image":
            said = [block["alt_text"]]
        case "rich_text":
            said = ["".join(run["text"] for run in block["elements"][0]["elements"])]
        case "context":
            said = [block["elements"][0]["text"]]
        case "actions":
            said = []
        case _:
            said = [block["text"]["text"]]
    return "\n".join([*said, *(button["text"]["text"] for button in _pressable(block))])
