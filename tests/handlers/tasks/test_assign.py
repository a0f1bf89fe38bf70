"""`wijs toe` and `deadline nieuw`: certain -> a task with a receipt; uncertain -> a question; nothing half stored."""

from dataclasses import replace

import pytest

from bot.run import Run
from handlers.command import Command, Identity, Place
from handlers.members import House
from handlers.reply import Reply
from tests.handlers.shown import filled, labels, rows
from tests.handlers.tasks.desk import Desk
from tests.handlers.teams import on_teams
from tests.world import World, identity

LINE = 'wijs toe brief "Brief over nareis" aan @bob vóór vrijdag 4 december 17:00 wet 36704 meelezer @vera'


def directly(world: World, user: str, text: str, verb: str = "wijs") -> Reply:
    """Said in one's own conversation with the bot."""
    place = Place("slack", f"D-{user}", "Lobby", "direct")
    return Run(world.database, House())(
        Command(f"d-{next(world.numbers)}", verb, text, identity(user), place, world.now)
    )


def test_a_task_is_given_at_once(worlds: World) -> None:
    receipt = worlds.says("alice", LINE)
    assert receipt.ok and receipt.private
    assert receipt.text.startswith("T1 · Brief over nareis\nToegewezen aan Bob.\n")
    assert rows(receipt) == {
        "Soort": "brief",
        "Wie": "Bob",
        "Vóór": "vrijdag 4 december 2026, 17:00",
        "Wet": "36704",
        "Meelezer": "Vera",
        "Van wie": "Alice",
        "Stand": "nog niet aangenomen",
    }
    assert labels(receipt) == ["Klaar", "Uitstellen", "Overdragen", "Ongedaan maken"]
    assert rows(worlds.says("bob", "taak T1")) == rows(receipt)


def test_the_channel_reads_of_it_and_so_does_the_owner(desks: Desk) -> None:
    desks.world.says("alice", LINE)
    card, assigned = sorted(desks.wakes(), key=lambda one: one.what, reverse=True)[::-1]
    if card.what != "card":
        card, assigned = assigned, card
    assert (card.what, card.to, card.reply.private) == ("card", "slack C1", False)
    assert labels(card.reply) == ["Aannemen", "Teruggeven", "Klaar", "Uitstellen", "Overdragen"]
    assert card.reply.about and (card.reply.about.noun, card.reply.about.id) == ("task", 1)
    assert (assigned.what, assigned.to) == ("assigned", "Bob")
    assert assigned.text.startswith("T1 · Brief over nareis\nAlice gaf je deze taak.")


def test_in_a_direct_conversation_no_channel_reads_of_it(desk: Desk) -> None:
    directly(desk.world, "alice", 'toe brief "Brief" aan @bob vóór vrijdag')
    assert [(one.what, one.to) for one in desk.wakes()] == [("assigned", "Bob")]


def test_of_what_somebody_gives_themselves_they_hear_nothing(desk: Desk) -> None:
    receipt = directly(desk.world, "alice", 'toe brief "Brief" aan mij vóór vrijdag')
    assert "Deze taak is van jou." in receipt.text
    assert rows(receipt)["Stand"] == "open"
    assert "Van wie" not in rows(receipt)
    assert desk.wakes() == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('wijs toe consultatiereactie "Opvang" aan @bob vóór 4 december', ("consultatiereactie", "Opvang", "Bob")),
        ("assign letter “About 36871” to @bob before friday 5pm", ("brief", "About 36871", "Bob")),
        ("wijs toe brief over nareis aan @bob voor vrijdag", ("brief", "brief over nareis", "Bob")),
        ("wijs toe brief aan de Kamer aan @bob vóór vrijdag", ("brief", "brief aan de Kamer", "Bob")),
        ("wijs position paper 'Opvang in Ede' aan Bob maandag 9 uur", ("position paper", "Opvang in Ede", "Bob")),
        ('wijs toe "Iets" aan ik over twee weken', ("overig", "Iets", "Alice")),
        ('wijs toe brief vóór vrijdag "Brief" aan bob', ("brief", "Brief", "Bob")),
        ("wijs toe review notitie dinsdag lezen @carla vrijdag", ("review", "notitie dinsdag lezen", "Carla")),
        ('deadline nieuw "Inbreng verslag" vrijdag 12:00 @bob', ("deadline", "Inbreng verslag", "Bob")),
        ("deadline inbreng verslag vrijdag", ("deadline", "inbreng verslag", "Alice")),
        ("deadlines new “Hand in” tomorrow", ("deadline", "Hand in", "Alice")),
    ],
)
def test_words_for_a_task(world: World, line: str, expected: tuple[str, str, str]) -> None:
    receipt = world.says("alice", line)
    title = receipt.text.splitlines()[0].partition(" · ")[2]
    assert (rows(receipt)["Soort"], title, rows(receipt)["Wie"]) == expected
    assert "Niet begrepen" not in receipt.text


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("vóór vrijdag 17:00", "vrijdag 27 november 2026, 17:00"),
        ("vrijdag", "vrijdag 27 november 2026, 17:00"),
        ("4 december", "vrijdag 4 december 2026, 17:00"),
        ("over twee weken", "dinsdag 8 december 2026, 17:00"),
        ("maandag 9 uur", "maandag 30 november 2026, 09:00"),
        ("vandaag 16:00", "dinsdag 24 november 2026, 16:00"),
        ("uiterlijk 2026-12-04 12:30", "vrijdag 4 december 2026, 12:30"),
    ],
)
def test_every_moment_is_said_in_full(world: World, moment: str, said: str) -> None:
    assert rows(world.says("alice", f'wijs toe brief "Brief" aan @bob {moment}'))["Vóór"] == said


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('wijs toe brief "Brief" aan @yilmaz vóór vrijdag', "Ik ken geen collega die yilmaz heet."),
        ('wijs toe brief "Brief" aan @bob', "Vóór wanneer moet het klaar zijn?"),
        ('wijs toe brief "Brief" vóór vrijdag', "Voor wie is deze taak?"),
        ('wijs toe sonnet "Brief" aan @bob vóór vrijdag', "sonnet is geen soort die ik ken. Kies uit: brief, "),
        ("wijs toe aan @bob vóór vrijdag", "Wat moet er gemaakt worden?"),
        ('wijs toe brief "Brief" aan @bob vóór vrijdag meelezer @yilmaz', "Ik ken geen collega die yilmaz heet."),
        ("deadline nieuw vrijdag", "Wat moet er gemaakt worden?"),
    ],
)
def test_what_lacks_is_said_and_kept(worlds: World, line: str, sentence: str) -> None:
    refused = worlds.says("alice", line)
    assert not refused.ok
    assert refused.text.startswith(sentence)
    assert not worlds.says("alice", "taak T1").ok
    assert labels(refused) == ["Ga verder", "Gooi weg"]
    form = worlds.presses("alice", refused, "Ga verder")
    assert form.form
    given = {"title": "Brief", "owner": "Bob", "day": "2026-12-04", "clock": "", "kind": "brief", "reader": ""}
    names = {field.name for field in form.form.fields}
    receipt = worlds.presses("alice", form, "Opslaan", **{name: given[name] for name in given if name in names})
    assert receipt.text.startswith("T1 · Brief\n")
    assert "Nog niet af" not in worlds.says("alice", "").text


def test_a_weekday_that_does_not_fit_is_asked_back(worlds: World) -> None:
    question = worlds.says("alice", 'wijs toe brief "Brief" aan @bob vóór maandag 4 december')
    assert question.text.startswith("“vóór maandag 4 december” is vrijdag 4 december 2026. Vóór welke dag")
    assert labels(question) == [
        "vrijdag 4 december 2026",
        "maandag 30 november 2026",
        "Open formulier",
        "Gooi weg",
    ]
    assert not worlds.says("alice", "taak T1").ok
    receipt = worlds.presses("alice", question, "maandag 30 november 2026")
    assert receipt.replaces
    assert rows(receipt)["Vóór"] == "maandag 30 november 2026, 17:00"
    again = worlds.presses("alice", question, "vrijdag 4 december 2026")
    assert "Dit staat er al, als T1." in again.text


@pytest.mark.parametrize(
    ("day", "choices"),
    [
        ("volgende vrijdag", ["vrijdag 4 december 2026", "vrijdag 27 november 2026"]),
        ("volgende week", ["maandag 30 november 2026", "vrijdag 4 december 2026"]),
        ("31 februari", []),
        ("vrijdag 20 november", ["zondag 20 december 2026"]),
        ("gisteren", ["maandag 30 november 2026"]),
        ("vandaag 9:00", ["woensdag 25 november 2026, 09:00"]),
    ],
)
def test_a_day_that_leaves_a_doubt_is_asked(world: World, day: str, choices: list[str]) -> None:
    question = world.says("alice", f'wijs toe brief "Brief" aan @bob vóór {day}')
    assert labels(question)[:-2] == choices
    assert labels(question)[-2:] == ["Open formulier", "Gooi weg"]
    form = world.presses("alice", question, "Open formulier")
    assert filled(form)["title"] == "Brief"
    assert filled(form)["owner"] == "bob"


def test_two_colleagues_with_one_name(worlds: World) -> None:
    on_teams(worlds, "bob", "instellingen taal nl")
    question = worlds.says("alice", 'wijs toe brief "Brief" aan @bob vóór vrijdag')
    assert question.text.startswith("Er zijn er meer die bob heten. Wie bedoel je?")
    first, second = labels(question)[:2]
    assert (first, second) == ("Bob (slack) #2", "Bob (teams) #6")
    worlds.presses("alice", question, second)
    assert worlds.says("alice", "taken team").text.count("Bob") == 1
    assert "T1" in on_teams(worlds, "bob", "taken").text
    assert "T1" not in worlds.says("bob", "taken").text


def test_a_colleague_named_with_an_at_by_the_platform(world: World) -> None:
    on_teams(world, "bob", "instellingen taal nl")
    text = 'toe brief "Brief" aan @Bob Smit vóór vrijdag'
    place = Place("slack", "C1", "#team-asiel")
    command = Command("m-1", "wijs", text, identity("alice"), place, world.now)
    command = replace(command, mentioned=(("@Bob Smit", Identity("slack", "bob", "Bob Smit")),))
    assert rows(Run(world.database, House())(command))["Wie"] == "Bob"
    assert "T1" in world.says("bob", "taken").text


def test_the_same_words_within_ten_minutes_stand_already(worlds: World) -> None:
    worlds.says("alice", LINE)
    worlds.passes(minutes=9)
    again = worlds.says("alice", LINE)
    assert "Dit staat er al, als T1." in again.text
    assert worlds.presses("alice", again, "Toch nog een keer").text.startswith("T2 ·")
    worlds.passes(minutes=11)
    assert worlds.says("alice", LINE).text.startswith("T3 ·")


def test_taken_back_within_ten_minutes(desks: Desk) -> None:
    world = desks.world
    receipt = world.says("alice", LINE)
    world.passes(minutes=10)
    undone = world.presses("alice", receipt, "Ongedaan maken")
    assert undone.replaces and "De taak is ingetrokken." in undone.text
    assert rows(undone)["Stand"] == "ingetrokken op dinsdag 24 november 2026, 10:25"
    assert desks.wakes() == []  # nobody had heard of it
    assert "T1" not in world.says("bob", "taken").text


def test_too_late_to_take_back_or_changed_meanwhile(world: World) -> None:
    receipt = world.says("alice", LINE)
    world.says("bob", "taak aannemen 1")
    assert world.presses("alice", receipt, "Ongedaan maken").text.startswith("T1 is intussen veranderd.")
    other = world.says("alice", LINE.replace("nareis", "opvang"))
    world.passes(minutes=11)
    assert world.presses("alice", other, "Ongedaan maken").text.startswith("Ongedaan maken kan 10 minuten lang")
    assert world.says("alice", "taak intrekken 2").ok


def test_undo_without_a_number_takes_back_what_came_last(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over nareis")
    worlds.says("alice", LINE)
    assert "De taak is ingetrokken." in worlds.says("alice", "ongedaan").text
    worlds.says("alice", LINE)
    worlds.says("alice", "taak klaar 2")
    assert "Je laatste wijziging was aan T2." in worlds.says("alice", "ongedaan").text
    worlds.says("alice", "log gesprek met Podt over opvang")
    assert worlds.says("alice", "ongedaan").text.startswith("C2 is ongedaan gemaakt")


def test_the_form_gives_the_same_task(worlds: World) -> None:
    form = worlds.says("alice", "wijs")
    assert filled(form) == {"kind": "brief"}
    values = {
        "title": "Brief over nareis",
        "owner": "Bob",
        "day": "2026-12-04",
        "clock": "17:00",
        "bill": "36704",
        "reader": "Vera",
    }
    receipt = worlds.presses("alice", form, "Opslaan", **values)
    assert receipt.text.splitlines()[0] == "T1 · Brief over nareis"
    assert rows(receipt)["Vóór"] == "vrijdag 4 december 2026, 17:00"
    assert "Dit staat er al" in worlds.presses("alice", form, "Opslaan", **values).text


@pytest.mark.parametrize(
    ("field", "values", "sentence"),
    [
        ("title", {"title": ""}, "Vul Titel in."),
        ("day", {"day": ""}, "Vul Datum in."),
        ("day", {"day": "straks"}, "straks is geen datum"),
        ("day", {"day": "2026-11-20"}, "vrijdag 20 november 2026, 17:00 is al voorbij."),
        ("clock", {"clock": "straks"}, "straks is geen tijd."),
        ("owner", {"owner": ""}, "Voor wie is deze taak?"),
        ("owner", {"owner": "Yilmaz"}, "Ik ken geen collega die Yilmaz heet."),
        ("reader", {"reader": "Yilmaz"}, "Ik ken geen collega die Yilmaz heet."),
        ("bill", {"bill": "x"}, "x is geen nummer van een wetsvoorstel."),
        ("kind", {"kind": "sonnet"}, "sonnet is geen soort die ik ken."),
        ("title", {"title": "x" * 301}, "Dat zijn 301 tekens; 300 is het meeste"),
    ],
)
def test_what_is_wrong_in_the_form_stands_at_its_field(
    world: World, field: str, values: dict[str, str], sentence: str
) -> None:
    form = world.says("alice", "wijs", step="form")
    good = {"title": "Brief", "owner": "Bob", "day": "2026-12-04"}
    refused = world.presses("alice", form, "Opslaan", **{**good, **values})
    assert refused.errors[field].startswith(sentence)
    assert world.presses("alice", form, "Opslaan", **good).text.startswith("T1 ·")
    assert "Nog niet af" not in world.says("alice", "").text


def test_from_a_message_a_form_that_knows_its_source(world: World) -> None:
    form = world.says("alice", "wijs", step="form", title="Kun je hierop reageren?", source="https://chat.example/1")
    assert filled(form)["title"] == "Kun je hierop reageren?"
    receipt = world.presses("alice", form, "Opslaan", owner="Bob", day="2026-12-04")
    assert rows(receipt)["Bron"] == "https://chat.example/1"


def test_a_vrijwilliger_gives_no_tasks_but_may_be_given_one(desk: Desk) -> None:
    world = desk.world
    assert world.says("vera", LINE).text.startswith("/lobby wijs is er voor een medewerker.")
    world.says("alice", 'wijs toe review "Lezen" aan @vera vóór vrijdag')
    world.says("alice", LINE)
    assert "T1 ·" in world.says("vera", "taken").text
    assert labels(world.says("vera", "taken team"))[:2] == ["T1", "T2"]  # of the second she is the reader
    assert world.says("vera", "taak klaar 1").ok
    assert not world.says("vera", "taak klaar 2").ok


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("verb", ["wijs", "deadline"])
def test_the_line_under_the_form_says_the_same(world: World, verb: str, language: str) -> None:
    world.says("alice", f"instellingen taal {language}")
    values = {"title": "Brief over nareis", "owner": "Bob", "day": "2026-12-04", "clock": "12:00", "kind": "inbreng"}
    form = world.says("alice", verb, step="form", **values)
    assert form.form
    receipt = world.says("alice", form.form.line)
    assert receipt.text.startswith("T1 · Brief over nareis\n")
    world.passes(minutes=11)
    same = world.presses("alice", form, form.form.submit)
    assert list(rows(same).values()) == list(rows(receipt).values())
