"""Reply -> Adaptive Card 1.5. TextBlock, FactSet and the choices of a list read markdown: no sign of it gets there."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, assert_never

from bot.pieces import NOTHING, pages, pieces, shortened, units
from handlers.reply import About, Button, Buttons, Field, Fields, File, Form, Part, Picture, Reply, Text
from handlers.texts import say

Element = dict[str, Any]
Address = Callable[[Picture | File], str | None]

CARD_SIZE = 24_000  # bytes of JSON; Teams' own limit was 28 KB
CONTINUED = 200  # bytes kept of it for "part 1 of 2"
MARKS = 120  # bytes kept of it for what stamped() adds to each action
TEXT = 3000
FALLBACK = 600
IN_A_SET = 6  # buttons
SET_WIDTH = 28  # letters of buttons beside each other on a telephone, each button counted with its edges
EDGES = 4
LABEL = 34
TOOLTIP = 300
REFRESHES_FOR = 60  # people; Teams takes no more
BESIDE = 14  # letters of a button that still leaves room for the text beside it
_TONES: Mapping[str, Element] = {
    "plain": {},
    "heading": {"weight": "bolder", "size": "medium"},
    "quiet": {"isSubtle": True, "size": "small"},
    "label": {"isSubtle": True},
}
# What markdown reads nothing into, not as a list, a link or an entity either. Only a TextBlock can be a heading.
_UNMARKED = re.compile(r"""(?!\d+[.)])(?!.*\w\.\w)/?[^\W_]([^\W_]|& |[ ,.:;()'’"“”?!–—·…%€،؛؟+-])*""")
_BRACES = re.compile(r"(?<=\{)(?=\{)")
# In a place that may read markdown its signs, and those of an address, become others that look like them.
_SIGNS = re.compile(r"[*_`~\[\]<>#\\{}|]|(?<=\w)[.@](?=\w)|//|&(?=#?\w+;)|^(?= *([-+=]|\d+[.)])|    )", re.MULTILINE)
_ALIKE = str.maketrans("*_`~[]<>#\\{}|.@/&", "∗ˍˋ∼［］‹›＃＼｛｝∣․＠∕＆")
_UNSEEN = "\u2060"


def cards(reply: Reply, address: Address) -> list[Element]:
    """The cards that say all of the reply; none when there is nothing to say.

    address  gives the link of a picture or file, or None: then its words stand there
    A form is never divided, because a button sends only the inputs of its own card: what stands in a field and is
    kept already is shown below the form when it would be too long.
    """
    items = [list(_part(part, reply, address)) for part in reply.parts]
    found = pages([item for item in items if item], lambda elements: _fits(elements, reply))
    if len(found) > 1:
        total = len(found)
        found = [
            [*page, *_lines(say(reply.language, "pages.part", number=number, total=total), "quiet")]
            for number, page in enumerate(found, 1)
        ]
    return [_card(page, reply) for page in found]


def dialog(reply: Reply, address: Address) -> Element:
    """The reply as the one card of a dialog, where Teams knows Action.Submit only; too long for one, its form alone."""
    made = cards(reply, address)
    if len(made) > 1 and reply.form:
        made = [_card([next(_form(reply.form, reply))], reply)]
    card: Element = _pressed(made[0] if made else _card([], reply), _submitting)
    return card


def refreshing(card: Element, button: Button, users: Sequence[str]) -> Element:
    """The card, brought up to date by that button whenever one of these people (Teams' ids) looks at it."""
    return {**card, "refresh": {"action": _press(button, None), "userIds": list(users[:REFRESHES_FOR])}}


def stamped(card: Element, marks: Mapping[str, str]) -> Element:
    """The card with marks in the data of all its actions, such as which card it is: they come back with a press."""
    marked: Element = _pressed(card, lambda action: {**action, "data": {**action["data"], **marks}})
    return marked


def filled(data: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """(action, values) of what a pressed button sends back: the `data` of Action.Execute or Action.Submit."""
    given = {name.removeprefix("field:"): str(value) for name, value in data.items() if name.startswith("field:")}
    return str(data.get("action", "")), {name: "" if value == NOTHING else value for name, value in given.items()}


def _card(body: list[Element], reply: Reply) -> Element:
    said = shortened(reply.text, FALLBACK)
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": reply.language,
        "fallbackText": _alike(said),
        # Teams reads it out as it stands; others read SSML, in which nobody may write an element.
        "speak": said.translate({ord("<"): "‹", ord(">"): "›"}),
        "body": body,
    }


def _part(part: Part, reply: Reply, address: Address) -> Iterator[Element]:
    match part:
        case Text():
            yield from _text(part, reply.about)
        case Fields():
            yield from _fields(part)
        case Buttons():
            yield from _sets([_press(button, reply.about) for button in part.buttons])
        case Form():
            yield from _form(part, reply)
        case Picture():
            yield from _picture(part, address(part))
        case File():
            yield from _file(part, address(part), reply.language)
        case _:
            assert_never(part)


def _text(part: Text, about: About | None) -> Iterator[Element]:
    said = list(_lines(part.text, part.tone))
    yield from _beside(said, _press(part.button, about)) if part.button else said


def _fields(part: Fields) -> Iterator[Element]:
    spacing = "default"
    for label, value, behind in part.whole:
        name = list(_lines(label, "label"))
        for said in _beneath(list(_lines(value.strip() or "–")), behind.strip()):
            columns = [{"type": "Column", "width": width, "items": items} for width, items in ((2, name), (3, [said]))]
            yield {"type": "ColumnSet", "spacing": spacing, "columns": columns}
            name, spacing = [], "small"


def _beneath(lines: list[Element], behind: str) -> list[Element]:
    """The lines, with what stands behind the last of them lighter; on lines of its own where the two are too long."""
    if not behind:
        return lines
    last = lines[-1]["inlines"]
    if sum(units(run["text"]) for run in last) + units(behind) >= TEXT:
        return [*lines, *_lines(behind, "label")]
    return [*lines[:-1], {**lines[-1], "inlines": [*last, *_runs(f" {behind}", _TONES["label"])]}]


def _picture(picture: Picture, link: str | None) -> Iterator[Element]:
    words = picture.alt.strip() or picture.name
    yield from [{"type": "Image", "url": link, "altText": words}] if link else _lines(words)


def _file(file: File, link: str | None, language: str) -> Iterator[Element]:
    said = list(_lines(f"{file.label} ({file.name})"))
    press = {"type": "Action.OpenUrl", "title": say(language, "form.download"), "url": link}
    yield from _beside(said, press) if link else said


def _form(form: Form, reply: Reply) -> Iterator[Element]:
    """The form, on one card; and then what could not be in it."""
    may_stay = set(form.kept) - reply.errors.keys()
    long = sorted((field for field in form.fields if field.name in may_stay), key=lambda field: units(field.value))
    stays: list[Field] = []
    made = {"type": "Container", "items": list(_questions(form, reply, stays))}
    while not _fits([made], reply) and (form.line or long):
        if form.line:
            form = replace(form, line="")
        else:
            stays.append(long.pop())
        made = {"type": "Container", "items": list(_questions(form, reply, stays))}
    yield made
    yield from _fields(Fields(tuple((field.label, field.value) for field in stays)))


def _questions(form: Form, reply: Reply, stays: Sequence[Field]) -> Iterator[Element]:
    yield from _lines(form.title, "heading")
    for field in form.fields:
        if field in stays:
            yield from _lines(say(reply.language, "form.stays", label=field.label), "quiet")
            continue
        wrong = reply.errors.get(field.name, "")
        hint = [{**line, "spacing": "small"} for line in _lines(field.hint, "quiet")]
        # Only its label is read out with an input, so what is wrong stands in it.
        label = " – ".join(filter(None, (field.label.strip() or field.name, wrong)))
        asked = [{**_input(field, reply.language), "label": _whole(label)}, *hint]
        yield from (
            [{"type": "Container", "style": "attention", "spacing": "medium", "items": asked}] if wrong else asked
        )
    if form.line:
        yield from _lines(say(reply.language, "form.line", line=form.line), "quiet")
    send = _send(form.submit, form.verb, form.action, reply.about) | {"style": "positive"}
    # A client leaves out what stayed empty; what is here already is only replaced.
    send["data"] = {**send["data"], **{f"field:{field.name}": "" for field in form.fields if field not in stays}}
    yield from _sets([send])


def _choices(field: Field) -> list[Element]:
    several = field.kind == "choices"
    titles = [one.label.strip() or one.value for one in field.options]
    return [
        {"title": _alike(title) if several else title, "value": one.value or NOTHING}
        for title, one in zip(titles, field.options, strict=True)
    ]


def _input(field: Field, language: str) -> Element:
    element: Element = {"id": f"field:{field.name}", "label": "", "value": field.value, "spacing": "medium"}
    if field.required:
        element |= {"isRequired": True, "errorMessage": say(language, "form.required")}
    match field.kind:
        case "line" | "text":
            long = field.kind == "text" or "\n" in field.value
            return {
                **element,
                "type": "Input.Text",
                "isMultiline": long,
                "maxLength": max(field.limit, units(field.value)),
            }
        case "date":
            return {**element, "type": "Input.Date"}
        case "time":
            return {**element, "type": "Input.Time"}
        case "choice" | "choices":
            several = field.kind == "choices"
            style = {"style": "compact", "wrap": True, "isMultiSelect": several, "choices": _choices(field)}
            if any(not option.value for option in field.options):
                element["value"] = field.value or NOTHING
            return {**element, "type": "Input.ChoiceSet", **style}
        case _:
            assert_never(field.kind)


def _press(button: Button, about: About | None) -> Element:
    action = _send(button.label.strip() or button.verb, button.verb, button.action, about)
    style = {"plain": {}, "primary": {"style": "positive"}, "danger": {"style": "destructive"}}[button.style]
    # A form on the same card may be empty still: that must not stop this button.
    return {**action, **style, "associatedInputs": "none"}


def _send(label: str, verb: str, action: str, about: About | None) -> Element:
    data: Element = {"action": action}
    if about:
        data["about"] = {"noun": about.noun, "id": about.id, "version": about.version}
    found: Element = {"type": "Action.Execute", "title": shortened(label, LABEL), "verb": verb, "data": data}
    return found if found["title"] == label else {**found, "tooltip": shortened(label, TOOLTIP)}


def _pressed(element: Any, change: Callable[[Element], Element]) -> Any:
    """A copy, in which every action that comes back to us is changed."""
    if isinstance(element, list):
        return [_pressed(one, change) for one in element]
    if not isinstance(element, dict):
        return element
    copied = {name: _pressed(value, change) for name, value in element.items()}
    return change(copied) if copied.get("type") in ("Action.Execute", "Action.Submit") else copied


def _submitting(action: Element) -> Element:
    return {**{name: value for name, value in action.items() if name != "verb"}, "type": "Action.Submit"}


def _sets(actions: Sequence[Element]) -> Iterator[Element]:
    def fit(row: list[Element]) -> bool:
        return len(row) <= IN_A_SET and sum(units(action["title"]) + EDGES for action in row) <= SET_WIDTH + EDGES

    for row in pages([[action] for action in actions], fit):
        yield {"type": "ActionSet", "actions": row}


def _beside(said: list[Element], action: Element) -> list[Element]:
    if not said or units(action["title"]) > BESIDE:
        return [*said, *_sets([action])]
    text = {"type": "Column", "width": "stretch", "verticalContentAlignment": "center", "items": said[:1]}
    button = {"type": "Column", "width": "auto", "items": list(_sets([action]))}
    return [{"type": "ColumnSet", "columns": [text, button]}, *said[1:]]


def _lines(text: str, tone: str = "plain") -> Iterator[Element]:
    if tone == "heading" and _UNMARKED.fullmatch(text):
        yield {"type": "TextBlock", "text": text, "style": "heading", "wrap": True, **_TONES[tone]}
        return
    for piece in pieces(text, TEXT):
        # Teams on Android leaves out the line breaks at both ends of a run, so no meaning may hang on them.
        if piece.strip():
            yield {"type": "RichTextBlock", "inlines": _runs(piece.strip("\n"), _TONES[tone])}


def _runs(text: str, style: Element) -> list[Element]:
    # {{DATE(…)}} in one run would be replaced by a date; two braces are never in the same run.
    return [{"type": "TextRun", "text": run, **style} for run in _BRACES.split(text)]


def _whole(label: str) -> str:
    # The same, where there is but one run: a sign that nobody sees keeps the braces apart.
    return _BRACES.sub(_UNSEEN, label)


def _alike(text: str) -> str:
    # A line that would begin a list or a heading begins with a sign that nobody sees.
    return _SIGNS.sub(lambda found: found[0].translate(_ALIKE) or _UNSEEN, text)


def _fits(elements: list[Element], reply: Reply) -> bool:
    card = json.dumps(_card(elements, reply), ensure_ascii=False)
    return len(card.encode()) + CONTINUED + MARKS * card.count('"Action.') <= CARD_SIZE
