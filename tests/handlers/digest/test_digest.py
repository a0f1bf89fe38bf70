"""The digest of a team: what stands in it, in its order, each thing once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.command import Place
from tests.handlers.digest.team import Team
from tests.servers import parliament_days as days

TITLE = "Wijziging van de Vreemdelingenwet 2000 in verband met nareis (Wet beperking nareis)"
OTHER = "Wijziging van de Wegenverkeerswet 1994"


def at(day: int, hour: int = 9, month: int = 11) -> datetime:
    """That hour (UTC) of a day of November, or of December."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def lines(text: str, section: str) -> list[str]:
    """The lines of one section."""
    whole = text.splitlines()
    start = next((number for number, line in enumerate(whole) if line.startswith(f"{section} (")), None)
    if start is None:
        return []
    rest = whole[start + 1 :]
    end = next((number for number, line in enumerate(rest) if not line.startswith("• ")), len(rest))
    return [line.removeprefix("• ") for line in rest[:end]]


def sections(text: str) -> list[str]:
    """Their names, in order."""
    return [line.partition(" (")[0] for line in text.splitlines() if line[:3].isupper() and line[0] != "•"]


def test_a_full_day_in_its_order_and_nothing_that_is_not_theirs(team: Team) -> None:
    hague = team.hague
    days.introduces_bill(hague.kamer, 36999, TITLE, team.now)
    days.introduces_bill(hague.kamer, 36998, OTHER, team.now, committee="IenW")
    days.plans(hague.kamer, "Commissiedebat", "Vreemdelingenbeleid", at(25, 13))
    days.plans(hague.kamer, "Procedurevergadering", "Procedures AM", at(25, 9))
    days.plans(hague.kamer, "Commissiedebat", "Wegen", at(25, 9), committee="IenW")
    votes = days.plans(hague.kamer, "Stemmingen", "Stemmingen", team.now, 36999, committee="TK")
    days.proposes(hague.kamer, 36999, "Motie", "Motie van het lid Podt over nareis", team.now)
    hague.reads()
    hague.desk.world.says("carla", 'wijs toe brief "Brief over nareis" aan @alice vóór vrijdag 17:00 wet 36999')
    hague.desk.world.passes(hours=2)
    days.decides(hague.kamer, 36999, "aangenomen", votes, {"D66": ("Voor", 26), "PVV": ("Tegen", 19)})
    hague.reads()
    (said,) = team.until(at(25, 7))
    assert said.to == "slack C1"
    assert said.text.startswith("Lobbydigest — wo 25 nov 2026 07:30 · team-asiel")
    assert sections(said.text) == ["VANDAAG", "NIEUW", "DEADLINES", "STEMMINGEN"]
    assert lines(said.text, "VANDAAG") == [
        "10:00 · Procedurevergadering · Procedures AM · AM (commissie AM)",
        "14:00 · Commissiedebat · Vreemdelingenbeleid · AM (commissie AM)",
    ]
    assert lines(said.text, "NIEUW")[0] == (
        "36999 · Wet beperking nareis · aangenomen door de Tweede Kamer"
        " (thema gezinshereniging; commissie AM; wet 36999)"
    )
    assert "motie-Podt over nareis · ingediend" in lines(said.text, "NIEUW")[1]
    assert lines(said.text, "DEADLINES") == [
        "vr 27 nov 2026 17:00 · T1 · Brief over nareis · 36999 · over 2 werkdagen · Alice"
    ]
    assert lines(said.text, "STEMMINGEN")[0].startswith("36999 · Wijziging van de Vreemdelingenwet 2000")
    assert "aangenomen, 26 voor en 19 tegen · voor: D66; tegen: PVV" in lines(said.text, "STEMMINGEN")[0]
    assert said.text.splitlines()[-1].startswith("Bronnen: TK ")


def test_nothing_is_repeated_tomorrow_and_an_empty_day_is_one_line(team: Team) -> None:
    days.introduces_bill(team.hague.kamer, 36999, TITLE, team.now)
    team.hague.reads()
    first, second = team.until(at(26, 7))
    assert "36999" in first.text
    assert second.text.splitlines()[1] == "Vandaag niets wat jullie raakt."
    assert len(second.text.splitlines()) == 3


def test_only_what_changed_comes_back(team: Team) -> None:
    debate = days.plans(team.hague.kamer, "Commissiedebat", "Gezinnen", at(9, 9, 12))
    days.introduces_bill(team.hague.kamer, 36999, TITLE, team.now)
    team.hague.reads()
    team.until(at(25, 7))
    days.publishes(team.hague.kamer, 36999, "Verslag (initiatief)wetsvoorstel (nader)", team.now)
    days.cancels(team.hague.kamer, debate)
    team.hague.reads()
    (said,) = team.until(at(26, 7))
    assert sections(said.text) == ["GEWIJZIGD"]
    first, second = sorted(lines(said.text, "GEWIJZIGD"))
    assert first.startswith("36999 · ")
    assert "van ingediend naar verslag" in first
    assert "Commissiedebat Gezinnen van wo 9 dec 2026 10:00 gaat niet door" in second
    (said,) = team.until(at(27, 7))
    assert sections(said.text) == []


def test_a_debate_that_moves_is_one_line_from_where_it_was_to_where_it_is(team: Team) -> None:
    debate = days.plans(team.hague.kamer, "Commissiedebat", "Gezinnen", at(9, 9, 12))
    team.hague.reads()
    team.until(at(25, 7))
    again = days.moves(team.hague.kamer, debate, at(8, 9, 12))
    team.hague.reads()
    team.hague.desk.world.passes(hours=1)
    days.moves(team.hague.kamer, again, at(10, 13, 12))
    team.hague.reads()
    (said,) = team.until(at(26, 7))
    assert lines(said.text, "GEWIJZIGD") == [
        "Commissiedebat Gezinnen is verplaatst van wo 9 dec 2026 10:00 naar do 10 dec 2026 14:00 (commissie AM)"
    ]


def test_what_moves_there_and_back_between_two_digests_did_not_change(team: Team) -> None:
    debate = days.plans(team.hague.kamer, "Commissiedebat", "Gezinnen", at(9, 9, 12))
    team.hague.reads()
    team.until(at(25, 7))
    again = days.moves(team.hague.kamer, debate, at(10, 9, 12))
    team.hague.reads()
    team.hague.desk.world.passes(hours=1)
    days.moves(team.hague.kamer, again, at(9, 9, 12))
    team.hague.reads()
    (said,) = team.until(at(26, 7))
    assert sections(said.text) == []


def test_a_debate_that_moves_to_today_says_where_it_was(team: Team) -> None:
    debate = days.plans(team.hague.kamer, "Commissiedebat", "Gezinnen", at(9, 9, 12))
    team.hague.reads()
    team.until(at(25, 7))
    days.moves(team.hague.kamer, debate, at(26, 13))
    team.hague.reads()
    (said,) = team.until(at(26, 7))
    assert sections(said.text) == ["VANDAAG"]
    assert "was wo 9 dec 2026 10:00" in lines(said.text, "VANDAAG")[0]


def test_the_first_of_the_week_looks_at_the_week_and_what_is_planned_later_is_new(team: Team) -> None:
    days.plans(team.hague.kamer, "Commissiedebat", "Gezinnen", at(3, 9, 12))
    team.hague.reads()
    monday = team.until(at(30, 7))[-1]
    assert sections(monday.text) == ["DEZE WEEK"]
    assert "do 3 dec 2026 10:00 · Commissiedebat · Gezinnen · AM" in lines(monday.text, "DEZE WEEK")[0]
    days.plans(team.hague.kamer, "Technische briefing", "Asielcijfers", at(4, 9, 12))
    team.hague.reads()
    tuesday, wednesday, thursday = team.until(at(3, 7, 12))
    assert lines(tuesday.text, "NIEUW")[0].startswith("gepland · vr 4 dec 2026 10:00 · Technische briefing")
    assert sections(wednesday.text) == []
    assert sections(thursday.text) == ["VANDAAG"]


def test_a_consultation_is_new_once_and_then_a_deadline_on_its_steps(team: Team) -> None:
    team.hague.site.opens("besluitnareis", "Besluit nareis", date(2026, 11, 24), date(2026, 12, 16))
    team.hague.reads()
    found = team.until(at(16, 7, 12))
    said = {one.at.date(): sections(one.text) for one in found}
    assert said[date(2026, 11, 25)] == ["NIEUW"]
    with_deadline = [day for day, names in said.items() if "DEADLINES" in names]
    assert with_deadline == [date(2026, 12, day) for day in (2, 9, 14, 15, 16)]
    assert "niemand toegewezen" in found[-1].text


def test_what_is_confidential_stands_in_no_digest_of_a_channel(team: Team) -> None:
    team.hague.desk.world.says("carla", 'consultatie nieuw "Geheim besluit" tot vrijdag 27 november vertrouwelijk')
    secret = "log vertrouwelijk gesprek met Podt, vervolg: geheime brief vóór vrijdag"
    assert team.hague.desk.world.says("alice", secret).ok
    for said in team.until(at(27, 7)):
        assert "eheim" not in said.text


def test_a_person_has_one_of_their_own(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    world = team.hague.desk.world
    world.says("carla", 'wijs toe brief "Brief over nareis" aan @alice vóór vrijdag 17:00')
    world.says("carla", 'wijs toe brief "Een ander stuk" aan @bob vóór vrijdag 17:00')
    monkeypatch.setattr("tests.world.CHANNEL", Place("slack", "D1", "", "direct"))
    world.says("alice", "volg 36998")
    assert "alleen voor jou" in world.says("alice", "digest instellen 07:45").text
    days.introduces_bill(team.hague.kamer, 36998, OTHER, team.now)
    team.hague.reads()
    found = [one for one in team.until(at(25, 7)) if one.to == "Alice"]
    (said,) = found
    assert said.text.startswith("Lobbydigest — wo 25 nov 2026 07:45\n")
    assert "36998" in said.text
    assert "Brief over nareis" in said.text
    assert "Een ander stuk" not in said.text


def test_controversial_and_an_election_are_said(team: Team) -> None:
    days.introduces_bill(team.hague.kamer, 36999, TITLE, team.now)
    team.hague.reads()
    team.until(at(25, 7))
    days.publishes(
        team.hague.kamer, 36999, "Brief commissie", team.now, subject="Wetsvoorstel controversieel verklaard"
    )
    team.hague.reads()
    (said,) = team.until(at(26, 7))
    assert any("is controversieel verklaard" in one for one in lines(said.text, "GEWIJZIGD"))
    team.sleeps(datetime(2027, 3, 14, 9, tzinfo=UTC))
    week = team.until(datetime(2027, 3, 18, 12, tzinfo=UTC), timedelta(minutes=30))
    told = [one.at.date() for one in week if "Provinciale Staten" in one.text]
    assert told == [date(2027, 3, 15), date(2027, 3, 17)]


def test_a_long_day_is_folded_and_the_rest_stands_in_the_thread(team: Team) -> None:
    for number in range(60):
        days.plans(
            team.hague.kamer,
            "Commissiedebat",
            f"Onderwerp {number} " + "x" * 90,
            at(25, 10) + timedelta(minutes=number),
        )
    team.hague.reads()
    first, *rest = team.until(at(25, 7))
    assert [one.what for one in rest] == ["digest_more"] * len(rest)
    assert "VANDAAG (60)" in first.text
    assert "De andere 48 regels staan hieronder" in first.text
    everything = lines(first.text, "VANDAAG") + [line for one in rest for line in lines(one.text, "VANDAAG")]
    assert [int(line.split("Onderwerp ")[1].split()[0]) for line in everything] == list(range(60))
    assert all(one.facts["thread"] for one in team.hague.desk.sent("digest_more"))


def test_parts_and_groups_that_are_not_wanted_stay_out(team: Team) -> None:
    world = team.hague.desk.world
    form = world.says("carla", "digest instellen")
    assert world.presses(
        "carla", form, "Opslaan", parts="agenda,deadlines", groups="commissie", at="08:00", days="3,4"
    ).ok
    refused = world.presses("carla", form, "Opslaan", parts="")
    assert "ten minste één ding" in refused.text
    days.introduces_bill(team.hague.kamer, 36999, TITLE, team.now)
    days.plans(team.hague.kamer, "Commissiedebat", "Gezinnen", at(25, 13))
    days.plans(team.hague.kamer, "Procedurevergadering", "Procedures AM", at(25, 9))
    team.hague.reads()
    found = team.until(at(27, 12))
    assert [one.at.date() for one in found] == [date(2026, 11, 25), date(2026, 11, 26)]
    assert sections(found[0].text) == ["VANDAAG"]
    assert len(lines(found[0].text, "VANDAAG")) == 1
