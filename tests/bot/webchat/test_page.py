"""The page in Chromium: by keyboard, on a phone, in the dark, with a broken line, and for a screen reader."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.bot.webchat.browser import FINE, Front, measure, opened, picture, say

pytestmark = pytest.mark.browser

LOG = "/lobby log gesprek met Podt (D66) over nareis"
FOCUSED = "() => document.activeElement.id || document.activeElement.textContent"
INSIDE = "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"


@pytest.fixture(scope="module")
def front() -> Iterator[Front]:
    with opened() as front:
        yield front


@pytest.fixture(autouse=True)
def quiet(front: Front) -> Iterator[None]:
    yield
    assert front.complained() == []


def to(page: Page, place: str) -> None:
    """Open a place with the mouse."""
    page.locator(f'[data-place="{place}"]').click()
    expect(page.locator(f'[data-place="{place}"]')).to_have_attribute("aria-current", "page")
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")


def test_a_newcomer_is_welcomed_with_examples_that_fill_the_box(front: Front) -> None:
    with front.page() as page:
        expect(page.get_by_role("heading", name="Nog geen berichten in #team-asiel")).to_be_visible()
        picture(page, "welcome")
        for name in ("leg een gesprek vast", "zoek terug", "bekijk wat Lobby kan"):
            page.get_by_role("button", name=name).click()
            expect(page.locator("#line")).to_be_focused()
            expect(page.locator("#line")).to_have_value(re.compile("^/lobby "))
        assert front.door.asked == []
        with front.page(scheme="dark") as dark:
            picture(dark, "welcome-dark")


def test_everything_by_keyboard(front: Front) -> None:
    with front.page() as page:
        for _ in range(30):  # backwards, to the very first stop of the page
            page.keyboard.press("Shift+Tab")
            if page.evaluate(FOCUSED) == "Naar het tekstvak":
                break
        expect(page.locator(".skip")).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#line")).to_be_focused()
        page.keyboard.type("eerste regel")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("tweede regel")
        page.keyboard.press("Enter")
        expect(page.get_by_text("eerste regel\ntweede regel")).to_be_visible()
        page.keyboard.type(LOG)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Vastgelegd: contact C12")).to_be_visible()
        page.keyboard.press("ArrowUp")
        expect(page.locator("#line")).to_have_value(LOG)
        page.keyboard.press("ArrowUp")
        expect(page.locator("#line")).to_have_value("eerste regel\ntweede regel")
        for _ in range(2):
            page.keyboard.press("ArrowDown")
        expect(page.locator("#line")).to_have_value("")
        for _ in range(3):  # back over "Toon als Slack / Teams" and "Ongedaan maken"
            page.keyboard.press("Shift+Tab")
        assert page.evaluate(FOCUSED) == "Aanpassen"
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="Contact vastleggen")).to_be_visible()
        expect(page.locator("#field-kind")).to_be_focused()
        for _ in range(14):  # further than there are fields: the page behind is never reached
            page.keyboard.press("Tab")
            assert page.evaluate(INSIDE)
        page.keyboard.press("Escape")
        expect(page.locator("#form")).to_be_hidden()
        assert page.evaluate(FOCUSED) == "Aanpassen"
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(page.get_by_text("Contact C12 is ongedaan gemaakt.")).to_be_visible()
        assert "ongedaan gemaakt" in page.evaluate("() => document.activeElement.textContent")


def test_a_form_keeps_what_was_typed_beside_what_is_wrong(front: Front) -> None:
    with front.page() as page:
        to(page, "direct-noor")
        say(page, "log")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        expect(dialog.locator("code")).to_have_text("/lobby log gesprek met …")
        dialog.get_by_role("button", name="Leg vast").click()
        expect(page.locator("#field-day-error")).to_have_text("Vul dit in.")
        expect(page.locator("#field-day")).to_be_focused()
        page.locator("#field-day").fill("2114-01-01")
        page.locator("#field-subject").fill("Nareis <b>en</b> opvang")
        page.get_by_label("Opvang", exact=True).check()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Open formulier").click()
        picture(page, "form")
        dialog.get_by_role("button", name="Leg vast").click()
        expect(page.locator("#field-day-error")).to_have_text("Deze datum ligt te ver weg.")
        expect(page.locator("#field-day")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#field-subject")).to_have_value("Nareis <b>en</b> opvang")
        picture(page, "form-errors")
        assert measure(page) == FINE
        page.locator("#field-day").fill("2026-11-24")
        dialog.get_by_role("button", name="Leg vast").click()
        expect(dialog).to_be_hidden()
        expect(page.get_by_text("Nareis <b>en</b> opvang")).to_be_visible()
        assert front.door.asked[-1].values["themes"] == "opvang"
        expect(page.get_by_role("button", name="Open formulier")).to_have_count(0)


def test_a_form_that_does_not_reach_the_server_keeps_everything_and_is_one_command(front: Front) -> None:
    with front.page() as page:
        to(page, "direct-noor")
        say(page, "log")
        page.locator("#field-day").fill("2026-11-24")
        page.locator("#field-subject").fill("inburgering")
        ids: list[str] = []

        def lose(route: Route) -> None:
            ids.append(json.loads(route.request.post_data or "")["id"])
            route.abort()

        page.route("**/webchat/fill*", lose)
        page.get_by_role("button", name="Leg vast").click()
        expect(page.get_by_role("alert").filter(has_text="Alles wat je invulde staat er nog")).to_be_visible()
        expect(page.locator("#field-subject")).to_have_value("inburgering")
        page.unroute("**/webchat/fill*")
        page.get_by_role("button", name="Leg vast").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
        assert front.door.asked[-1].id == f"web:noor:{ids[0]}"
        assert all("ERR_FAILED" in said for said in front.complained())


def test_a_line_that_does_not_reach_the_server_stays_and_goes_once(front: Front) -> None:
    with front.page() as page:
        to(page, "team-integratie")
        page.route("**/webchat/say*", lambda route: route.abort())
        page.locator("#line").fill("Hoort iemand mij?")
        page.keyboard.press("Enter")
        expect(page.locator("#notice")).to_contain_text("Wat je typte staat nog hier")
        expect(page.locator("#line")).to_have_value("Hoort iemand mij?")
        page.unroute("**/webchat/say*")
        page.get_by_role("button", name="Probeer opnieuw").click()
        expect(page.locator("article")).to_have_count(1)
        expect(page.locator("#line")).to_have_value("")
        expect(page.locator("#notice")).to_be_hidden()
        assert all("ERR_FAILED" in said for said in front.complained())


def test_a_line_that_is_too_long_stays_with_the_sentence(front: Front) -> None:
    with front.page() as page:
        page.locator("#line").fill("x" * 4001)
        expect(page.locator("#count")).to_have_text("4001 van 4000 tekens")
        page.keyboard.press("Enter")
        expect(page.locator("#notice")).to_contain_text("Dit is te lang: 4001 tekens.")
        assert len(page.locator("#line").input_value()) == 4001
        assert all("400" in said for said in front.complained())


def test_two_people_at_the_same_time(front: Front) -> None:
    with front.page() as noor, front.page() as tom:
        tom.get_by_role("radio", name="Tom").check(force=True)
        to(tom, "team-integratie")
        to(noor, "team-integratie")
        say(noor, "Hallo <img src=x onerror=alert(1)> Tom")
        expect(tom.get_by_text("Hallo <img src=x onerror=alert(1)> Tom")).to_be_visible()
        say(noor, LOG)
        expect(noor.get_by_text("Vastgelegd: contact C12")).to_be_visible()
        expect(noor.locator("article").last).to_contain_text("Alleen jij ziet dit")
        say(noor, "@Lobby traag-deel")
        expect(tom.get_by_text("36871 Wet nareis 2027")).to_be_visible()
        expect(tom.get_by_text("Vastgelegd")).to_have_count(0)
        to(tom, "team-asiel")
        say(noor, "Nog iemand?")
        expect(tom.locator('[data-place="team-integratie"]')).to_contain_text("1 nieuw")


def test_a_message_as_slack_and_teams_get_it(front: Front) -> None:
    with front.page() as page:
        to(page, "direct-noor")
        say(page, "contact Podt")
        page.get_by_role("button", name="Toon als Slack / Teams").last.click()
        expect(page.locator("#json")).to_contain_text('"blocks"')
        picture(page, "blockkit")
        assert measure(page) == FINE
        page.get_by_role("radio", name="Teams (Adaptive Card)").check(force=True)
        expect(page.locator("#json")).to_contain_text('"AdaptiveCard"')
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Kopieer").click()
        expect(page.get_by_text("Gekopieerd")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#json").inner_text()
        page.keyboard.press("Escape")
        expect(page.locator("#rendered")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_and_pressed_by_everybody(front: Front, width: int, scheme: str) -> None:
    with front.page(width=width, scheme=scheme) as page:
        for line in (
            "Goedemorgen! Wie spreekt D66 deze week?",
            "/lobby contact Podt",
            "/lobby blub",
            LOG,
            "/lobby beeld",
        ):
            say(page, line)
        say(page, "https://voorbeeld.example/" + "lang" * 60)
        picture(page, f"{scheme}-{width}")
        assert measure(page) == FINE
        page.get_by_role("button", name="Aanpassen").last.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        picture(page, f"{scheme}-{width}-form")
        assert measure(page) == FINE


def test_the_channels_on_a_phone(front: Front) -> None:
    with front.page(width=390, height=780) as page:
        expect(page.locator("#places")).to_be_hidden()
        page.get_by_role("button", name="Kanalen").click()
        expect(page.locator('[data-place="team-asiel"]')).to_be_focused()
        picture(page, "phone-channels")
        page.keyboard.press("Escape")
        expect(page.locator("#places")).to_be_hidden()
        expect(page.locator("#menu")).to_be_focused()
        page.get_by_role("button", name="Kanalen").click()
        to(page, "direct-noor")
        expect(page.locator("#places")).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_have_text("Lobby")


def test_in_english_and_what_was_half_typed_stays(front: Front) -> None:
    with front.page() as page:
        page.locator("#line").fill("/lobby log gesprek met")
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("button", name="Send")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("#line")).to_have_value("/lobby log gesprek met")
        assert measure(page) == FINE


def test_it_stays_at_the_newest_message_when_several_come_at_once_and_leaves_who_reads_further_up(front: Front) -> None:
    with front.page(motion="no-preference") as page:
        to(page, "team-integratie")
        others_say(page, "team-integratie", 12)
        page.wait_for_timeout(500)
        expect(page.locator("#log article").last).to_be_in_viewport()
        expect(page.locator("#newer")).to_be_hidden()
        page.locator("#log").evaluate("log => log.scrollTo({ top: 0, behavior: 'instant' })")
        others_say(page, "team-integratie", 2)
        expect(page.locator("#newer")).to_be_visible()
        expect(page.locator("#log article").first).to_be_in_viewport()


def others_say(page: Page, place: str, count: int) -> None:
    """So many lines of Tom at once, seen by whoever has the page open."""
    before = page.locator("#log article").count()
    page.evaluate(
        """([place, count]) => Promise.all(Array.from({ length: count }, (_, number) => fetch("/webchat/say", {
            method: "POST", headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ id: crypto.randomUUID(), as: "tom", place, line: `Regel ${number}` }) })))""",
        [place, count],
    )
    expect(page.locator("#log article")).to_have_count(before + count)
