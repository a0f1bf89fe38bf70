"""What stands in a calendar, as a real parser reads it: nothing confidential, nothing twice, all at its moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from storage import items, tasks
from storage.items import Item
from tests.calendars import body_of, judged, link_in, own, says_alone, team
from tests.world import World

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def meeting(key: str, at: datetime | None, day: date | None = None, title: str = "Nareis", **facts: object) -> Item:
    """A debate about family reunification."""
    on = at.astimezone(AMSTERDAM).date() if at else day
    whole = {"group": "commissie", "place": "Thorbeckezaal", "committee": "commissie voor AM", **facts}
    page = f"https://www.tweedekamer.nl/debat?id={key}"
    return Item(
        items.MEETING, key, key, title, "Commissiedebat", "Gepland", at, on, "AM", "36999", title, page, at, whole
    )


def keep(world: World, *those: Item) -> None:
    with world.database.writing() as db:
        for one in those:
            items.put(db, one, world.now)


def test_a_meeting_is_told_with_all_that_one_needs_to_go_there(worlds: World) -> None:
    worlds.says("alice", "volg gezinshereniging")
    at = datetime(2026, 12, 3, 9, tzinfo=UTC)
    keep(worlds, meeting("a1", at, ends=(at + timedelta(hours=4)).isoformat(), bills=["36999"], closed=True))
    keep(worlds, meeting("a2", at, title="Wegen"))
    found = team(worlds)
    assert list(found) == ["meeting-a1@lobby"]
    event = found["meeting-a1@lobby"]
    assert event["SUMMARY"] == "Commissiedebat · Nareis"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (at, at + timedelta(hours=4))
    assert (event["LOCATION"], event["URL"]) == ("Thorbeckezaal", "https://www.tweedekamer.nl/debat?id=a1")
    assert event["DESCRIPTION"].splitlines()[:4] == ["Nareis", "commissie voor AM", "36999", "besloten"]
    assert (event["STATUS"], event["SEQUENCE"], event["TRANSP"]) == ("CONFIRMED", 1, "TRANSPARENT")
    assert event["CATEGORIES"].cats == ["Vergadering"]
    assert (event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) == (worlds.now, worlds.now)


def test_the_same_is_the_same_to_the_byte_whenever_it_is_asked_for(world: World) -> None:
    world.says("alice", "volg gezinshereniging")
    keep(world, meeting("a1", datetime(2026, 12, 3, 9, tzinfo=UTC)))
    link = link_in(world.says("alice", "kalender"))
    before = body_of(world, link)
    world.passes(hours=30)
    assert body_of(world, link) == before


@pytest.mark.parametrize(
    ("today", "day", "utc"),
    [
        (date(2026, 10, 20), date(2026, 10, 24), 8),
        (date(2026, 10, 20), date(2026, 10, 25), 9),
        (date(2026, 10, 20), date(2026, 10, 26), 9),
        (date(2027, 3, 20), date(2027, 3, 27), 9),
        (date(2027, 3, 20), date(2027, 3, 28), 8),
        (date(2027, 3, 20), date(2027, 3, 29), 8),
    ],
)
def test_ten_in_the_morning_is_ten_around_a_changed_clock(worlds: World, today: date, day: date, utc: int) -> None:
    worlds.now = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
    worlds.says("alice", "volg gezinshereniging")
    keep(worlds, meeting("a1", datetime(day.year, day.month, day.day, 10, tzinfo=AMSTERDAM)))
    begins = team(worlds)["meeting-a1@lobby"]["DTSTART"].dt
    assert begins == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)
    local = begins.astimezone(AMSTERDAM)
    assert (local.date(), local.hour, local.minute) == (day, 10, 0)


def test_what_has_no_hour_is_that_whole_day(worlds: World) -> None:
    """The day on which the clock changes has 25 hours, and is one day like any other."""
    worlds.now = datetime(2026, 10, 20, 9, tzinfo=UTC)
    worlds.says("alice", "volg gezinshereniging")
    keep(worlds, meeting("a1", None, date(2026, 10, 25)))
    closing = Item(
        items.CONSULTATION, "nareis", title="Besluit nareis", state=items.OPEN, day=date(2026, 10, 31), words="nareis"
    )
    keep(worlds, closing)
    worlds.says("alice", 'deadline nieuw "Inbreng verslag" 30 oktober')
    worlds.says("alice", 'deadline nieuw "Inbreng nota" 30 oktober 12:00')
    found = {str(event["SUMMARY"]): event["DTSTART"].dt for event in team(worlds).values()}
    assert found == {
        "Commissiedebat · Nareis": date(2026, 10, 25),
        "Consultatie sluit · Besluit nareis": date(2026, 10, 31),
        "T1 · Inbreng verslag": date(2026, 10, 30),
        "T2 · Inbreng nota": datetime(2026, 10, 30, 11, tzinfo=UTC),
    }


def test_what_is_cancelled_says_so_for_thirty_days(worlds: World) -> None:
    worlds.says("alice", "volg gezinshereniging")
    item = meeting("a1", worlds.now + timedelta(days=90))
    keep(worlds, item)
    worlds.passes(days=1)
    keep(worlds, replace(item, state="Geannuleerd"))
    event = team(worlds)["meeting-a1@lobby"]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)
    assert event["SUMMARY"] == "Gaat niet door: Commissiedebat · Nareis"
    worlds.passes(days=29)
    assert "meeting-a1@lobby" in team(worlds)
    worlds.passes(days=2)
    assert team(worlds) == {}
    keep(worlds, item)
    event = team(worlds)["meeting-a1@lobby"]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 3)


def test_a_meeting_without_its_new_day_does_not_take_place_on_the_old(worlds: World) -> None:
    worlds.says("alice", "volg gezinshereniging")
    keep(worlds, replace(meeting("a1", worlds.now + timedelta(days=9)), state="Verplaatst"))
    event = team(worlds)["meeting-a1@lobby"]
    assert event["STATUS"] == "CANCELLED"
    assert str(event["SUMMARY"]).startswith("Verplaatst, nog geen nieuwe dag: ")


def test_a_calendar_reaches_from_a_month_back_to_a_year_ahead(worlds: World) -> None:
    worlds.says("alice", "volg gezinshereniging")
    keep(worlds, *(meeting(f"a{days}", worlds.now + timedelta(days=days)) for days in (-31, -30, 0, 365, 366)))
    assert list(team(worlds)) == [f"meeting-a{days}@lobby" for days in (-30, 0, 365)]


def test_what_is_not_ours_is_not_in_it_and_what_somebody_follows_alone_is_theirs(worlds: World) -> None:
    keep(worlds, Item(items.BILL, "z1", "36999", "Wet nareis", bill="36999"))
    keep(worlds, meeting("a1", worlds.now + timedelta(days=9)))
    says_alone(worlds, "bob", "volg 36999")
    worlds.says("alice", "volg gezinshereniging")
    assert [list(one) for one in (team(worlds), own(worlds), own(worlds, "bob"))] == [
        ["meeting-a1@lobby"], [], ["meeting-a1@lobby"],
    ]  # fmt: skip
    worlds.says("alice", "volg niet 36999")
    assert [len(one) for one in (team(worlds), own(worlds, "bob"))] == [0, 1]


def test_a_task_is_with_its_channel_and_its_owner_until_it_is_done(worlds: World) -> None:
    worlds.says("alice", 'wijs toe brief "Brief over nareis" aan @bob 4 december 17:00 wet 36704')
    uid = "task-1@lobby"
    assert [uid in one for one in (team(worlds), own(worlds), own(worlds, "bob"))] == [True, False, True]
    event = team(worlds)[uid]
    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("T1 · Brief over nareis", "Bob\n36704")
    first = event["SEQUENCE"]
    worlds.passes(hours=1)
    assert worlds.says("alice", "taak uitstellen 1 11 december").ok
    moved = own(worlds, "bob")[uid]
    assert moved["SEQUENCE"] > first
    assert moved["DTSTART"].dt == date(2026, 12, 11)
    assert moved["LAST-MODIFIED"].dt == worlds.now
    assert worlds.says("bob", "taak klaar 1").ok
    assert (team(worlds), own(worlds, "bob")) == ({}, {})


def test_a_task_that_is_withdrawn_says_so_for_thirty_days(worlds: World) -> None:
    worlds.says("alice", 'wijs toe brief "Brief over nareis" aan @bob 20 januari')
    worlds.says("alice", "taak intrekken 1")
    event = team(worlds)["task-1@lobby"]
    assert (event["STATUS"], str(event["SUMMARY"])) == ("CANCELLED", "Gaat niet door: T1 · Brief over nareis")
    worlds.passes(days=31)
    assert team(worlds) == {}


def test_what_is_confidential_is_in_no_calendar_but_that_of_who_is_to_do_it(worlds: World) -> None:
    worlds.says("alice", 'consultatie nieuw "Besluit zeepaardjes nareis" tot 12 december vertrouwelijk')
    values = {"kind": "gesprek", "day": "2026-11-20", "people": "Podt", "confidential": "ja", "participants": "Alice"}
    step = {"follow_up": "zeepaardjes bellen", "follow_up_who": "Alice", "follow_up_day": "2026-12-01"}
    worlds.asks("alice", "log", "", {"step": "save"} | values | step)
    for line in ("volg gezinshereniging", "volg consultaties", 'volg "zeepaardjes"'):
        worlds.says("alice", line)
        for user in ("alice", "bob", "carla", "bea", "vera"):
            says_alone(worlds, user, line)
    links = [link_in(worlds.says("carla", "kalender"))]
    links += [link_in(says_alone(worlds, user, "kalender")) for user in ("bob", "carla", "bea", "vera")]
    for link in links:
        assert b"zeepaardjes" not in (body_of(worlds, link) or b"").replace(b"\r\n ", b"")
    mine = own(worlds)
    assert len(mine) == 2
    assert all("zeepaardjes" in str(one["SUMMARY"]) for one in mine.values())
    assert {str(one["CLASS"]) for one in mine.values()} == {"CONFIDENTIAL"}


def test_what_becomes_confidential_is_gone_from_the_calendar_of_the_channel(worlds: World) -> None:
    worlds.says("alice", 'wijs toe brief "Brief over nareis" aan @bob 4 december')
    assert [len(one) for one in (team(worlds), own(worlds, "bob"))] == [1, 1]
    with worlds.database.writing() as db:
        task = tasks.get(db, 1)
        assert task and tasks.change(db, replace(task, confidential=True))
    assert [len(one) for one in (team(worlds), own(worlds, "bob"))] == [0, 1]
    assert own(worlds, "bob")["task-1@lobby"]["CLASS"] == "CONFIDENTIAL"


def test_a_calendar_speaks_the_language_of_who_reads_it(worlds: World) -> None:
    worlds.says("alice", "volg gezinshereniging")
    says_alone(worlds, "bob", "volg gezinshereniging")
    keep(worlds, replace(meeting("a1", worlds.now + timedelta(days=9)), state="Geannuleerd"))
    says_alone(worlds, "bob", "instellingen taal en")
    assert str(team(worlds)["meeting-a1@lobby"]["SUMMARY"]).startswith("Gaat niet door: ")
    assert str(own(worlds, "bob")["meeting-a1@lobby"]["SUMMARY"]).startswith("Cancelled: ")


def test_no_title_breaks_the_calendar(world: World) -> None:
    world.says("alice", "volg gezinshereniging")
    titles = (
        "Nareis\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:x",
        "Nareis; komma, en \\n schuin \\ teken: \"aanhaling\" ^n",
        "Nareis " + "👩🏽‍⚖️é" * 80,
        "Nareis \x07\x0b\x1f\x7f\u2028 en \rmeer",
    )  # fmt: skip
    at = world.now + timedelta(days=9)
    keep(
        world,
        *(replace(meeting(f"a{n}", at, title=title), address="javascript:x\r\nY:1") for n, title in enumerate(titles)),
    )
    found = judged(body_of(world, link_in(world.says("alice", "kalender"))) or b"")
    assert list(found) == [f"meeting-a{n}@lobby" for n in range(4)]
    assert found["meeting-a1@lobby"]["SUMMARY"] == f"Commissiedebat · {titles[1]}"
    assert not any("URL" in one for one in found.values())
