"""The web chat over HTTP: what it refuses, with which status and sentence, and what it shows."""

import json
import tomllib
from io import BytesIO
from pathlib import Path
from string import Template
from uuid import uuid4

import pytest

from handlers import texts
from tests.bot.webchat.visit import HEADERS, Json, Visit, visiting

PAGE = Path("bot/webchat/page")
SAID: Json = {"id": "9f0e3a52-7f43-4a70-8b8c-0c59a0b5a4a1", "as": "noor", "place": "team-asiel", "line": "hallo"}


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b"geen json", 400, "geen JSON"),
        (b"[1, 2]", 400, "geen JSON"),
        (b"[" * 200_000, 400, "geen JSON"),
        (b"\xff\xfe", 400, "geen JSON"),
        (b'{"line": "' + b"x" * 1024 * 1024 + b'"}', 413, "1 MB"),
        (b"x" * 5 * 1024 * 1024, 413, "1 MB"),
    ],
    ids=["text", "list", "deep", "no utf-8", "just over 1 MB", "5 MB"],
)
def test_a_body_that_is_no_json_object(body: bytes, status: int, sentence: str) -> None:
    async def story(visit: Visit) -> None:
        for what in ("say", "press", "fill"):
            response = await visit.client.post(f"/webchat/{what}", data=BytesIO(body), headers=HEADERS)
            assert (response.status, sentence in (await response.json())["error"]) == (status, True)
        assert visit.door.asked == []

    visiting(story)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/octet-stream"])
def test_another_content_type(kind: str) -> None:
    async def story(visit: Visit) -> None:
        response = await visit.client.post("/webchat/say", data=json.dumps(SAID), headers={"Content-Type": kind})
        assert response.status == 415

    visiting(story)


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"as": "eva"}, 404, "persoon"),
        ({"as": None}, 404, "persoon"),
        ({"place": "directie"}, 404, "kanaal"),
        ({"place": "direct-tom"}, 404, "kanaal"),
        ({"place": {"x": 1}}, 404, "kanaal"),
        ({"id": "1"}, 400, "id"),
        ({"id": 7}, 400, "id"),
        ({"line": None}, 400, "line"),
        ({"line": ["/lobby"]}, 400, "line"),
        ({"line": ""}, 400, "niets getypt"),
        ({"line": " \n "}, 400, "niets getypt"),
        ({"line": "x" * 4001}, 400, "4001 tekens"),
        ({"line": "half \ud83d"}, 400, "teken"),
        ({"line": "nul \0"}, 400, "teken"),
    ],
)
def test_a_line_that_cannot_be_said(change: Json, status: int, sentence: str) -> None:
    async def story(visit: Visit) -> None:
        response = await visit.post("say", SAID | change)
        assert (response.status, sentence in (await response.json())["error"]) == (status, True)
        assert await visit.history("noor", "team-asiel") == []

    visiting(story)


@pytest.mark.parametrize(
    "line", ["😀 " * 900, "שלום עליכם", "a\nb", "<!channel> <script>alert(1)</script>", "'; -- drop", "x" * 4000]
)
def test_a_strange_line_is_said_as_it_was_typed(line: str) -> None:
    async def story(visit: Visit) -> None:
        await visit.say("noor", "team-asiel", line)
        assert await visit.texts("tom", "team-asiel") == [line]

    visiting(story)


@pytest.mark.parametrize(
    ("what", "change", "status"),
    [
        ("press", {"message": "weg-1"}, 404),
        ("press", {"message": 3}, 400),
        ("press", {"place": "team-integratie"}, 404),
        ("press", {"place": "direct-noor"}, 404),
        ("press", {"action": "geen actie"}, 400),
        ("press", {"action": None}, 400),
        ("press", {"version": "1"}, 400),
        ("press", {"version": True}, 400),
        ("fill", {"message": "weg-1"}, 404),
        ("fill", {"action": "log/?row=13"}, 404),
        ("fill", {"values": None}, 400),
        ("fill", {"values": {"day": 3}}, 400),
        ("fill", {"values": ["day"]}, 400),
    ],
)
def test_a_press_or_form_that_does_not_fit(what: str, change: Json, status: int) -> None:
    async def story(visit: Visit) -> None:
        message = await visit.say("noor", "team-asiel", "/lobby log")
        assert message is not None
        form = message["reply"]["parts"][1]
        body = {"id": str(uuid4()), "as": "noor", "place": "team-asiel", "message": message["id"]}
        response = await visit.post(what, body | {"action": form["action"], "values": {}} | change)
        assert response.status == status and (await response.json())["error"].endswith(".")
        assert len(visit.door.asked) == 1

    visiting(story)


def test_a_form_sent_to_a_message_without_one() -> None:
    async def story(visit: Visit) -> None:
        message = await visit.say("noor", "direct-noor", "help")
        assert message is not None
        body = {"id": str(uuid4()), "as": "noor", "place": "direct-noor", "message": message["id"], "action": "log/"}
        assert (await visit.post("fill", body | {"values": {}})).status == 404

    visiting(story)


@pytest.mark.parametrize(
    "host", ["lobby.example", "127.0.0.1.example:8080", "10.0.0.5", "localhost:80x", "localhost@evil"]
)
def test_another_host_is_refused(host: str) -> None:
    async def story(visit: Visit) -> None:
        for path in ("/", "/webchat/chat.js", "/webchat/words", "/webchat/messages?as=noor&place=team-asiel"):
            assert (await visit.client.get(path, headers={"Host": host})).status == 403
        assert (await visit.post("say", SAID, Host=host)).status == 403

    visiting(story)


def test_a_post_from_another_page_is_refused() -> None:
    async def story(visit: Visit) -> None:
        own = f"http://127.0.0.1:{visit.client.port}"
        for origin in ("http://evil.example", "null", "http://127.0.0.1:1", own.replace("http:", "https:")):
            assert (await visit.post("say", SAID, Origin=origin)).status == 403
        assert await visit.history("noor", "team-asiel") == []
        assert (await visit.post("say", SAID, Origin=own)).status == 200
        host = f"localhost:{visit.client.port}"
        assert (await visit.post("say", SAID, Origin=f"http://{host}", Host=host)).status == 200

    visiting(story)


def test_nothing_changes_by_a_get() -> None:
    async def story(visit: Visit) -> None:
        for what in ("say", "press", "fill"):
            assert (await visit.client.get(f"/webchat/{what}", params=SAID)).status == 405

    visiting(story)


@pytest.mark.parametrize(
    "path",
    [
        "messages?as=eva&place=team-asiel",
        "messages?as=tom&place=direct-noor",
        "events",
        "rendered?as=noor&message=1",
        "file?as=noor",
        "index.html",
        "../app.py",
    ],
)
def test_nothing_to_read_there(path: str) -> None:
    async def story(visit: Visit) -> None:
        assert (await visit.client.get(f"/webchat/{path}")).status == 404

    visiting(story)


def test_a_message_as_slack_and_teams_get_it() -> None:
    async def story(visit: Visit) -> None:
        message = await visit.say("noor", "team-asiel", "/lobby log gesprek met Podt over nareis")
        assert message is not None
        query = {"as": "noor", "message": message["id"]}
        rendered = await (await visit.client.get("/webchat/rendered", params=query)).json()
        assert rendered["slack"][0]["blocks"] and rendered["teams"][0]["type"] == "AdaptiveCard"
        assert all("Vastgelegd: contact C12" in json.dumps(rendered[platform]) for platform in ("slack", "teams"))

    visiting(story)


def test_pictures_and_files() -> None:
    async def story(visit: Visit) -> None:
        message = await visit.say("noor", "direct-noor", "beeld")
        assert message is not None
        read = [
            await visit.client.get("/webchat/file", params={"as": "noor", "message": message["id"], "part": part})
            for part in ("0", "1", "2", "-1", "x")
        ]
        assert [response.status for response in read] == [200, 200, 404, 404, 404]
        assert (await read[0].read()).startswith(b"\x89PNG") and read[0].content_type == "image/png"
        assert await read[1].text() == "a;b" and "contacten.csv" in read[1].headers["Content-Disposition"]

    visiting(story)


def test_the_page_and_its_parts_come_with_a_strict_policy() -> None:
    async def story(visit: Visit) -> None:
        for path in ("/", "/?lang=en", *(f"/webchat/{part.name}" for part in PAGE.iterdir() if part.suffix != ".html")):
            response = await visit.client.get(path)
            policy = response.headers["Content-Security-Policy"]
            assert response.status == 200 and "default-src 'none'" in policy and "unsafe" not in policy

    visiting(story)


def test_the_page_has_no_script_or_style_of_its_own_and_never_writes_html() -> None:
    html = (PAGE / "index.html").read_text(encoding="utf-8")
    assert html.count("<script") == html.count('<script type="module" src=') == 1
    assert "<style" not in html and " style=" not in html and " on" + "click" not in html
    for script in PAGE.glob("*.js"):
        assert not {
            word
            for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
            if word in script.read_text(encoding="utf-8")
        }


def test_every_word_of_the_page_is_in_both_languages_and_is_used() -> None:
    tables = [
        tomllib.loads(Path(texts.__file__).with_name(f"{language}.toml").read_text())["webchat"]
        for language in texts.LANGUAGES
    ]
    assert tables[0].keys() == tables[1].keys()
    html = Template((PAGE / "index.html").read_text(encoding="utf-8"))
    code = "".join(file.read_text(encoding="utf-8") for file in (*PAGE.glob("*.js"), *PAGE.parent.glob("*.py")))
    named = set(html.get_identifiers()) - {"lang"}
    assert named <= tables[0].keys()
    made = {"role_", "example_"}  # the rest of these names is put together
    assert {
        key
        for key in tables[0]
        if key not in named and f'"{key}"' not in code and not any(key.startswith(start) for start in made)
    } == set()


def test_the_words_are_given_in_the_language_of_the_page() -> None:
    async def story(visit: Visit) -> None:
        for language, role, refusal in (
            ("nl", "vrijwilliger", "persoon"),
            ("en", "volunteer", "person"),
            ("xx", "vrijwilliger", "persoon"),
        ):
            words = await (await visit.client.get("/webchat/words", params={"lang": language})).json()
            assert words["people"][2]["role"] == role
            response = await visit.client.get("/webchat/events", params={"lang": language, "as": "eva"})
            assert refusal in (await response.json())["error"]

    visiting(story)
