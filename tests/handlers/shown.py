"""What a reply shows, in the shape in which a test compares it."""

from handlers.reply import Fields, Reply


def rows(reply: Reply) -> dict[str, str]:
    """Label -> value of every field."""
    return dict(row for part in reply.parts if isinstance(part, Fields) for row in part.rows)


def behind(reply: Reply) -> dict[str, str]:
    """Label -> what stands behind its value, where something does."""
    found = [row for part in reply.parts if isinstance(part, Fields) for row in part.whole]
    return {label: said for label, _, said in found if said}


def labels(reply: Reply) -> list[str]:
    """What its buttons say."""
    return [button.label for button in reply.buttons]


def filled(reply: Reply) -> dict[str, str]:
    """Name -> value of every field of its form that holds something."""
    assert reply.form, reply.text
    return {field.name: field.value for field in reply.form.fields if field.value}
