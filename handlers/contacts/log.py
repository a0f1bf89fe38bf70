"""`log`: a sentence or a form becomes a contact; what is uncertain becomes one question; nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from handlers import called, drafts, history
from handlers.command import Command
from handlers.contacts import card, filled, learned, questions, sentence
from handlers.contacts import form as forms
from handlers.contacts.find import one, reader_names
from handlers.members import reader_of
from handlers.problems import NotFound, Problem
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.tasks.follow_up import follow
from handlers.texts import say
from handlers.understanding.tokens import words
from storage import contact_lists
from storage import contacts as store
from storage import drafts as kept
from storage.contacts import Contact
from storage.database import Connection
from storage.drafts import Draft

SAME_TEXT = timedelta(minutes=10)
OFFERED = 5  # drafts that stand before an empty form; `/lobby` has them all
MEANT = {"again": "yes"}  # an answer that goes with a sentence: it is meant, though it stands there already


def log(command: Command, db: Connection) -> Reply:
    """One of the steps of logging; a typed line is the first, and most often the only one."""
    step = command.values.get("step") or ("save" if forms.NAMES & command.values.keys() else "")
    steps = {
        "": _typed,
        "again": lambda command, db: _read(command, db, command.text, MEANT | _called(command.values)),
        "form": _open,
        "save": _save,
        "draft": _go_on,
        "answer": _answer,
        "drop": drafts.drop,
    }
    if step not in steps:
        raise Problem("draft.no_step")
    return steps[step](command, db)


def _typed(command: Command, db: Connection) -> Reply:
    text = command.text.strip()
    if not text:
        form = _open(command, db)
        waiting = drafts.offered(command, db, 0, OFFERED)
        return replace(form, parts=(*chain.from_iterable(waiting), *form.parts))
    twins = _lately(command, db, text)
    if twins:
        return _stands_already(command, db, twins[0])
    draft = drafts.of_text(command, db, text, command.asked_at - SAME_TEXT)
    named = _called({called.KEY: called.written(called.of(command, db, text))})
    return _read(command, db, text, {**(draft.values if draft else {}), **named}, draft)


def _lately(command: Command, db: Connection, typed: str) -> list[Contact]:
    """What this member recorded with these words in the last ten minutes; the newest first."""
    return contact_lists.same_typed(db, command.member.id, typed, command.asked_at - SAME_TEXT)


def _stands_already(command: Command, db: Connection, twin: Contact) -> Reply:
    """The same words by the same person within ten minutes: the first receipt, and a way to mean it."""
    lead = say(command.language, "contact.stands_already", id=twin.id)
    receipt = card.receipt(command, twin, lead, readers=reader_names(db, twin))
    values = {"step": "again"} | _called({called.KEY: called.written(called.of(command, db, command.text))})
    again = Button(say(command.language, "contact.log_again"), "log", command.text, values)
    means_it = command.text and again.fits  # a form is meant by changing a word of it
    return replace(receipt, parts=(*receipt.parts, Buttons((again,)))) if means_it else receipt


def _read(command: Command, db: Connection, text: str, answers: Mapping[str, str], draft: Draft | None = None) -> Reply:
    """Read the sentence with the answers so far: store it, or ask the next question."""
    typed = _when_typed(command, draft)
    reading = sentence.read(typed, db, text, answers)
    question = questions.next_one(typed, db, reading)
    if question:
        if draft:
            kept.answered(db, draft, text, answers)
            number = draft.id
        else:
            number = kept.keep(db, command.member.id, ("log", text, answers), command.asked_at)
        return questions.ask(command, question, number)
    # a line without a draft was looked for a moment ago, by _typed
    twins = _lately(command, db, text) if draft and "again" not in answers else []
    if twins:
        if draft:
            kept.finish(db, draft.id, f"C{twins[0].id}")
        return replace(_stands_already(command, db, twins[0]), replaces=draft is not None)
    contact = sentence.contact(typed, db, sentence.with_new_people(db, reading))
    saved = _store(command, db, replace(contact, created_at=command.asked_at))
    learned.from_answers(typed, db, reading, saved)
    if draft:
        kept.finish(db, draft.id, f"C{saved.id}")
    lead = say(command.language, "contact.stored", id=saved.id)
    readers = reader_names(db, saved)
    receipt = card.receipt(command, saved, lead, readers=readers, origin=sentence.origin(reading))
    return replace(receipt, replaces=draft is not None)


def _called(values: Mapping[str, str]) -> dict[str, str]:
    """Whom the sentence names with an @, as it travels with a button and is kept with a draft."""
    return {name: value for name, value in values.items() if name == called.KEY and value}


def _when_typed(command: Command, draft: Draft | None) -> Command:
    """The command as of when its words were typed: `gisteren` is no other day because midnight passed meanwhile."""
    return replace(command, asked_at=draft.at) if draft else command


def _store(command: Command, db: Connection, contact: Contact) -> Contact:
    saved = store.add(db, contact)
    history.record(command, db, "aangemaakt", saved)
    follow(command, db, None, saved)
    return saved


def _open(command: Command, db: Connection) -> Reply:
    """The form: of a contact that stands, or of a new one (filled with the text, if there is some)."""
    number = command.values.get("contact", "")
    if number:
        contact = one(command, db, _number(number))
        hidden = {"contact": number, "version": str(contact.version)}
        title = say(command.language, "form.change", id=contact.id)
        return forms.form(command, db, forms.values_of(command, db, contact) | hidden, title)
    draft = _draft(command, db) if command.values.get("draft") else None
    if draft and draft.outcome:
        return _done_already(command, db, draft)
    text = draft.text if draft else command.text
    # a front may know something of the contact already: the address of the message it was made from
    given = {name: value for name, value in command.values.items() if name in forms.NAMES}
    return _new_form(command, db, text, {**(draft.values if draft else {}), **given}, draft)


def _new_form(command: Command, db: Connection, text: str, typed: Mapping[str, str], draft: Draft | None) -> Reply:
    """An empty form, or one filled with what was understood and what was typed already."""
    then = _when_typed(command, draft)
    reading = sentence.read(then, db, text, typed)
    values = forms.values_of(command, db, sentence.contact(then, db, reading))
    values["people"] = ", ".join(filter(None, (values["people"], *sentence.still_open(reading))))
    values |= {name: typed[name] for name in typed if name in forms.NAMES}
    values["stance_source"] = values["stance_source"] or say(command.language, "contact.this_contact")
    hidden = {"draft": str(draft.id)} if draft else {}
    return forms.form(command, db, values | hidden, say(command.language, "form.new"), draft.values if draft else ())


def _save(command: Command, db: Connection) -> Reply:
    """A form came back: a new contact, or a new version of one."""
    number = command.values.get("contact", "")
    if number:
        return _change(command, db, _still_there(command, db, _number(number)))
    missing = next((name for name in ("kind", "day") if not command.values.get(name, "").strip()), None)
    if missing:
        raise Problem("hint.missing", field=missing, label=say(command.language, f"contact.{missing}"))
    draft = kept.find(db, _number(command.values.get("draft", "")), command.member.id)
    if draft and draft.outcome:
        return _done_already(command, db, draft)
    typed = draft.text if draft else command.text
    new = filled.read(command, db, sentence.blank(command, typed), _with_draft(command, db))
    for twin in _lately(command, db, typed):
        if replace(twin, id=0, version=1, created_at=new.created_at) == new:
            return _stands_already(command, db, twin)
    saved = _store(command, db, new)
    drafts.done(command, db, f"C{saved.id}")
    lead = say(command.language, "contact.stored", id=saved.id)
    return replace(card.receipt(command, saved, lead, readers=reader_names(db, saved)), replaces=draft is not None)


def _still_there(command: Command, db: Connection, number: int) -> Contact:
    """The contact that a form was about; when it is no longer there, what was typed stays as a draft."""
    try:
        return one(command, db, number)
    except NotFound as gone:
        raise Problem(gone.key, "", **gone.facts) from gone


def _change(command: Command, db: Connection, contact: Contact) -> Reply:
    """A new version, unless somebody was there first: then nothing is overwritten, and what was typed is kept."""
    version = command.values.get("version", "")
    if version != str(contact.version):
        raise Problem("contact.stale", id=contact.id)
    new = filled.read(command, db, contact, _with_draft(command, db))
    if new == contact:
        lead = say(command.language, "contact.unchanged", id=contact.id)
        return replace(card.receipt(command, contact, lead, readers=reader_names(db, contact)), replaces=True)
    saved = store.change(db, new)
    if saved is None:
        raise Problem("contact.stale", id=contact.id)
    history.record(command, db, "aangepast", saved)
    follow(command, db, contact, saved)
    learned.corrected(db, contact, saved)
    drafts.done(command, db, f"C{saved.id}")
    lead = say(command.language, "contact.changed", id=saved.id)
    return replace(card.receipt(command, saved, lead, readers=reader_names(db, saved)), replaces=True)


def _with_draft(command: Command, db: Connection) -> Mapping[str, str]:
    """What the form says; a field that it does not hold, because it was too long to show, is as its draft has it."""
    draft = kept.find(db, _number(command.values.get("draft", "")), command.member.id)
    return {**(draft.values if draft else {}), **command.values}


def _go_on(command: Command, db: Connection) -> Reply:
    """Go on with a draft: the form it came from, filled with all that was typed."""
    draft = _draft(command, db)
    if draft.outcome:
        return _done_already(command, db, draft)
    typed = dict(draft.values)
    number = typed.get("contact", "")
    contact = contact_lists.find(db, _number(number), reader_of(command)) if number else None
    if contact is None:
        return _new_form(command, db, draft.text, typed, draft)
    fields = {name: value for name, value in typed.items() if name in forms.NAMES}
    hidden = {"contact": number, "version": str(contact.version), "draft": str(draft.id)}
    values = forms.values_of(command, db, contact) | fields | hidden
    return forms.form(command, db, values, say(command.language, "form.change", id=contact.id))


def _answer(command: Command, db: Connection) -> Reply:
    """An answer to the question: it is kept with the draft, and the sentence is read again.

    The answer to another question than the one that is open (an old card) changes nothing: the open one is asked again.
    """
    draft = _draft(command, db)
    if draft.outcome:
        return _done_already(command, db, draft)
    about, answer = command.values.get("about", ""), command.values.get("is", "")
    typed = _when_typed(command, draft)
    question = questions.next_one(typed, db, sentence.read(typed, db, draft.text, draft.values))
    fits = question and about == question.about and answer in dict(question.answers).values()
    answers = {**draft.values, about: answer} if fits else draft.values
    return replace(_read(command, db, draft.text, answers, draft), replaces=True)


def answered_in_words(command: Command, db: Connection) -> Reply | None:
    """A bare `vrijdag` or `inge` after a question: the question again, with the buttons that say so; else None."""
    draft = next(iter(kept.waiting(db, command.member.id, command.asked_at - SAME_TEXT)), None)
    if draft is None or draft.verb != "log" or "step" in draft.values:
        return None
    typed = _when_typed(command, draft)
    question = questions.next_one(typed, db, sentence.read(typed, db, draft.text, draft.values))
    said = f" {' '.join(words(f'{command.verb} {command.text}'))} "
    meant = [one for one in question.answers if said in f" {' '.join(words(one[0]))} "] if question else []
    return questions.ask(command, replace(question, answers=tuple(meant)), draft.id) if question and meant else None


def _draft(command: Command, db: Connection) -> Draft:
    draft = kept.find(db, _number(command.values.get("draft", "")), command.member.id)
    if draft is None or draft.at < command.asked_at - drafts.HOLDS:
        raise NotFound("draft.gone")
    return draft


def _done_already(command: Command, db: Connection, draft: Draft) -> Reply:
    """The button of a draft that became a contact: the contact."""
    outcome = draft.outcome or ""
    if not outcome.startswith("C"):
        raise NotFound("draft.gone")
    contact = one(command, db, int(outcome[1:]))
    lead = Text(say(command.language, "draft.done_already", id=contact.id))
    shown = card.card(command, contact, reader_names(db, contact))
    parts: tuple[Part, ...] = (lead, *shown.parts)
    return replace(shown, parts=parts, replaces=True)


def _number(typed: str) -> int:
    """A number that a button carried; a forged one finds nothing."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
