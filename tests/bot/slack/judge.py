"""An outside judge of Block Kit: our dicts built again with slackblocks, which refuses what Slack refuses."""

from typing import Any

import slackblocks as sb
from slackblocks.rich_text.elements import RichText, RichTextElement
from slackblocks.rich_text.objects import RichTextSection

Made = dict[str, Any]


def judge_message(message: Made) -> None:
    """slackblocks' own error when the message is over a limit or not in form."""
    built = sb.Message("C1", blocks=[_block(block) for block in message["blocks"]], text=message["text"])
    again = built.to_dict()["blocks"]
    assert [_bare(block) for block in again] == [_bare(block) for block in message["blocks"]]


def judge_view(view: Made) -> None:
    """The same for a modal."""
    blocks = [_with_nothing_chosen(block) for block in view["blocks"]]
    built = sb.ModalView(
        title=_text(view["title"]),
        submit=_text(view["submit"]),
        close=_text(view["close"]),
        blocks=[_block(block) for block in blocks],
        private_metadata=view["private_metadata"],
        callback_id=view["callback_id"],
    )
    assert [_bare(block) for block in built.to_dict()["blocks"]] == [_bare(block) for block in blocks]


def _with_nothing_chosen(block: Made) -> Made:
    # In a grouped list slackblocks wants a group as the choice made, Slack one of the options: so we look ourselves.
    element = dict(block.get("element", {}))
    if "option_groups" not in element:
        return block
    options = [option for group in element["option_groups"] for option in group["options"]]
    one = element.pop("initial_option", None)
    assert all(option in options for option in [*([one] if one else []), *element.pop("initial_options", [])])
    return {**block, "element": element}


def _bare(block: Made) -> Made:
    # slackblocks names every block itself and leaves out what is false; what remains must be the same.
    bare = {key: value for key, value in block.items() if key != "block_id" and value is not False}
    return {key: _without_false(value) for key, value in bare.items()}


def _without_false(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_false(inner) for key, inner in value.items() if inner is not False}
    return [_without_false(inner) for inner in value] if isinstance(value, list) else value


def _block(block: Made) -> sb.Block:
    match block:
        case {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]}:
            assert all(run["text"] for run in runs), "Slack refuses an empty run"
            styles = [run.get("style", {}) for run in runs]
            made: list[RichTextElement] = [
                RichText(run["text"], bold=style.get("bold"), italic=style.get("italic"))
                for run, style in zip(runs, styles, strict=True)
            ]
            return sb.RichTextBlock(RichTextSection(made))
        case {"type": "input", "label": label, "element": element, "block_id": name, "optional": optional}:
            hint = _text(block["hint"]) if "hint" in block else None
            return sb.InputBlock(_text(label), _element(element), block_id=name, hint=hint, optional=optional)
        case _:
            return _small(block)


def _small(block: Made) -> sb.Block:
    match block:
        case {"type": "header", "text": text}:
            return sb.HeaderBlock(_text(text))
        case {"type": "section", "text": text}:
            beside = _button(block["accessory"]) if "accessory" in block else None
            return sb.SectionBlock(text=_text(text), accessory=beside)
        case {"type": "context", "elements": texts}:
            return sb.ContextBlock([_text(text) for text in texts])
        case {"type": "actions", "elements": buttons}:
            return sb.ActionsBlock([_button(button) for button in buttons])
        case {"type": "image", "image_url": link, "alt_text": alt}:
            return sb.ImageBlock(image_url=link, alt_text=alt)
    raise AssertionError(f"no block of ours: {block['type']}")


def _text(text: Made) -> sb.Text:
    assert text["type"] == "plain_text", "only plain_text is safe for what a user typed"
    assert text["emoji"] is False
    return sb.Text(text["text"], type_=sb.TextType.PLAINTEXT, emoji=False)


def _button(button: Made) -> sb.Button:
    known = {key: button[key] for key in ("action_id", "value", "url", "style") if key in button}
    return sb.Button(_text(button["text"]), **known)


def _element(element: Made) -> sb.Element:
    kind = element["type"]
    known = {key: value for key, value in element.items() if key not in ("type", "options", "option_groups")}
    if kind == "plain_text_input":
        return sb.PlainTextInput(**known)
    if kind == "datepicker":
        return sb.DatePicker(**known)
    if kind == "timepicker":
        return sb.TimePicker(**known)
    lists: Made = {}
    if "options" in element:
        lists["options"] = [_option(option) for option in element["options"]]
    else:
        lists["option_groups"] = [
            sb.OptionGroup(_text(group["label"]), [_option(option) for option in group["options"]])
            for group in element["option_groups"]
        ]
    if "initial_option" in known:
        known["initial_option"] = _option(known["initial_option"])
    if "initial_options" in known:
        known["initial_options"] = [_option(option) for option in known["initial_options"]]
    if kind == "static_select":
        return sb.StaticSelectMenu(**known, **lists)
    return sb.StaticMultiSelectMenu(**{"options": None, **known, **lists})


def _option(option: Made) -> sb.Option:
    return sb.Option(_text(option["text"]), option["value"])
