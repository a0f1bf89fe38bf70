"""A conversation in the web chat: who sees what, where an answer goes, and that twice is once."""

import asyncio
from uuid import uuid4

import pytest

from tests.bot.webchat.visit import Listening, Visit, buttons, visiting, words

LOG = "/lobby log gesprek met Podt (D66) over nareis"


def test_talk_among_people_is_for_all_and_not_for_the_bot() -> None:
    async def story(visit: Visit) -> None:
        assert await visit.say("noor", "team-asiel", "Goedemorgen! Zeg /lobby eens") is None
        assert await visit.say("noor", "team-asiel", "/lobbyisten zijn er ook") is None
        assert visit.door.asked == []
        assert await visit.texts("tom", "team-asiel") == ["Goedemorgen! Zeg /lobby eens", "/lobbyisten zijn er ook"]
        assert await visit.texts("tom", "team-integratie") == []

    visiting(story)


@pytest.mark.parametrize(
    "line",
    [LOG, "@Lobby log gesprek met Podt (D66) over nareis", "  @lobby: /lobby LOG gesprek met Podt (D66) over nareis"],
)
def test_a_line_for_the_bot_is_one_command(line: str) -> None:
    async def story(visit: Visit) -> None:
        answer = await visit.say("noor", "team-asiel", line)
        (command,) = visit.door.asked
        assert (command.verb, command.text) == ("log", "gesprek met Podt (D66) over nareis")
        assert (command.person.platform, command.person.user, command.person.name) == ("web", "noor", "Noor")
        assert (command.place.id, command.place.kind) == ("team-asiel", "channel")
        assert command.asked_at.utcoffset() is not None
        assert answer is not None and words(answer) == "Vastgelegd: contact C12"

    visiting(story)


def test_every_line_in_the_direct_conversation_is_for_the_bot() -> None:
    async def story(visit: Visit) -> None:
        for line in ("contact Podt", "/lobby contact Podt", "@Lobby contact Podt"):
            await visit.say("sem", "direct-sem", line)
        assert {(command.verb, command.text, command.place.kind) for command in visit.door.asked} == {
            ("contact", "Podt", "direct")
        }

    visiting(story)


def test_what_is_private_is_seen_by_the_asker_alone() -> None:
    async def story(visit: Visit) -> None:
        answer = await visit.say("noor", "team-asiel", LOG)
        await visit.say("noor", "direct-noor", "help")
        assert answer is not None and answer["private"]
        assert await visit.texts("noor", "team-asiel") == [LOG, "Vastgelegd: contact C12"]
        assert await visit.texts("tom", "team-asiel") == []
        async with Listening(visit, "tom") as tom:
            await visit.say("sem", "team-asiel", "hallo")
            assert words((await tom.next())[2]) == "hallo"
        for what in ("rendered", "file"):
            query = {"as": "tom", "message": answer["id"], "part": "0"}
            assert (await visit.client.get(f"/webchat/{what}", params=query)).status == 404
        action = buttons(answer)[0]["action"]
        body = {"id": str(uuid4()), "as": "tom", "place": "team-asiel", "message": answer["id"], "action": action}
        assert (await visit.post("press", body)).status == 404

    visiting(story)


def test_a_public_answer_is_seen_by_all_with_the_line_that_asked_for_it() -> None:
    async def story(visit: Visit) -> None:
        async with Listening(visit, "tom") as tom:
            answer = await visit.say("noor", "team-asiel", "@Lobby deel")
            assert answer is not None and not answer["private"]
            assert [words((await tom.next())[2]) for _ in range(2)] == ["@Lobby deel", "Nieuw bij de Kamer"]
        assert await visit.texts("sem", "team-asiel") == ["@Lobby deel", "Nieuw bij de Kamer"]

    visiting(story)


def test_the_same_line_sent_again_is_said_and_asked_once() -> None:
    async def story(visit: Visit) -> None:
        id = str(uuid4())
        first, second = await asyncio.gather(*(visit.say("noor", "team-asiel", LOG, id) for _ in range(2)))
        third = await visit.say("noor", "team-asiel", LOG, id)
        assert first and second and third and first["id"] == second["id"] == third["id"]
        assert len({command.id for command in visit.door.asked}) == 1
        assert await visit.texts("noor", "team-asiel") == [LOG, "Vastgelegd: contact C12"]
        await visit.say("tom", "team-asiel", LOG, id)
        assert len({command.id for command in visit.door.asked}) == 2, "another person's line is another command"

    visiting(story)


def test_a_double_press_is_the_same_command_and_replaces_in_place() -> None:
    async def story(visit: Visit) -> None:
        receipt = await visit.say("noor", "team-asiel", LOG)
        assert receipt is not None
        done = [await visit.press("noor", receipt, "Ongedaan maken") for _ in range(2)]
        assert [message["id"] for message in done] == [receipt["id"]] * 2
        assert len({command.id for command in visit.door.asked[1:]}) == 1
        assert await visit.texts("noor", "team-asiel") == [LOG, "Contact C12 is ongedaan gemaakt."]
        back = await visit.press("noor", done[0], "Zet terug")
        late = await visit.press("noor", receipt, "Ongedaan maken")
        assert (words(back), back["version"], words(late)) == ("Vastgelegd: contact C12", 2, "Vastgelegd: contact C12")
        assert visit.door.asked[1].values == {"version": "1"}

    visiting(story)


def test_a_form_keeps_its_errors_to_itself_and_its_outcome_replaces_the_receipt() -> None:
    async def story(visit: Visit) -> None:
        receipt = await visit.say("noor", "team-asiel", LOG)
        assert receipt is not None
        form = await visit.press("noor", receipt, "Aanpassen")
        wrong = await visit.fill("noor", form, {"day": "2114-01-01", "subject": "opvang"})
        assert wrong == {"errors": {"day": "Deze datum ligt te ver weg."}, "text": "Dit klopt nog niet."}
        assert await visit.texts("noor", "team-asiel") == [LOG, "Vastgelegd: contact C12", "Contact vastleggen"]
        id = str(uuid4())
        done = await visit.fill("noor", form, {"day": "2026-11-24", "subject": "opvang"}, id)
        assert done["message"]["id"] == receipt["id"] and done["message"]["version"] == 1
        assert await visit.texts("noor", "team-asiel") == [LOG, "Vastgelegd: contact C12"]
        assert visit.door.asked[-1].values == {"row": "12", "day": "2026-11-24", "subject": "opvang"}
        again = await visit.fill("noor", form, {"day": "2026-11-24", "subject": "opvang"}, id)
        assert again == done

    visiting(story)


def test_what_takes_long_is_answered_by_itself_in_the_place_of_the_busy() -> None:
    async def story(visit: Visit) -> None:
        async with Listening(visit, "noor") as noor:
            busy = await visit.say("noor", "team-asiel", "/lobby traag-deel")
            assert busy is not None and "bezig" in words(busy) and busy["private"]
            seen = [(await noor.next())[2] for _ in range(4)]
        assert [words(message) for message in seen][-2:] == ["/lobby traag-deel", "Nieuw bij de Kamer"]
        assert seen[-1]["id"] == busy["id"] and not seen[-1]["private"]
        assert await visit.texts("tom", "team-asiel") == ["/lobby traag-deel", "Nieuw bij de Kamer"]

    visiting(story)


def test_a_form_that_is_refused_late_comes_back_with_what_was_typed() -> None:
    async def story(visit: Visit) -> None:
        form = await visit.say("noor", "direct-noor", "traag-log")
        await asyncio.sleep(0.1)
        form = (await visit.history("noor", "direct-noor"))[-1]
        answer = await visit.fill("noor", form, {"day": "2114-01-01", "subject": "lang verhaal"})
        assert "bezig" in words(answer["message"])
        await asyncio.sleep(0.1)
        parts = (await visit.history("noor", "direct-noor"))[-1]["reply"]["parts"]
        typed = {field["name"]: field["value"] for field in parts[-1]["fields"]}
        assert (typed["day"], typed["subject"]) == ("2114-01-01", "lang verhaal")

    visiting(story)


def test_client_data_refused_late_does_not_come_back() -> None:
    """What the bot says it did not keep is not in the page's memory either."""

    async def story(visit: Visit) -> None:
        form = await visit.say("noor", "direct-noor", "traag-log")
        await asyncio.sleep(0.1)
        form = (await visit.history("noor", "direct-noor"))[-1]
        await visit.fill("noor", form, {"day": "2114-01-01", "subject": "cliënt met BSN 999997865"})
        await asyncio.sleep(0.1)
        assert "999997865" not in str(await visit.history("noor", "direct-noor"))

    visiting(story)


def test_a_reconnect_misses_nothing() -> None:
    async def story(visit: Visit) -> None:
        async with Listening(visit, "tom") as tom:
            await visit.say("noor", "team-asiel", "een")
            last, _, _ = await tom.next()
        await visit.say("noor", "team-asiel", "twee")
        await visit.say("tom", "direct-tom", "help")
        async with Listening(visit, "tom", last) as tom:
            assert [words((await tom.next())[2]) for _ in range(3)] == ["twee", "help", "Dit kan ik voor je doen"]
            with pytest.raises(TimeoutError):
                await tom.next()

    visiting(story)


def test_after_a_restart_of_the_server_the_page_is_told_to_begin_again() -> None:
    async def story(visit: Visit) -> None:
        await visit.say("noor", "team-asiel", "een")
        async with Listening(visit, "noor", "0badc0de-99") as noor:
            assert (await noor.next())[1] == "restart"
            assert words((await noor.next())[2]) == "een"

    visiting(story)
