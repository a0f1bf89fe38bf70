"""A small bot for the tests of the local Teams: it verifies nothing, and does what the line says."""

from typing import Any, Self
from urllib.parse import quote

from aiohttp import ClientSession, ClientTimeout, web

from tests.servers.teams import LocalTeams

Json = dict[str, Any]


class SmallBot:
    """Runs on the local Teams' own loop. `heard`: the activities that came; `headers`: of the last."""

    def __init__(self, teams: LocalTeams) -> None:
        self.teams = teams
        self.heard: list[Json] = []
        self.headers: dict[str, str] = {}
        self.answers: list[Any] = []  # what the next invokes get; then {}
        self.bearer = ""
        self.runner: web.AppRunner | None = None

    def __enter__(self) -> Self:
        self.teams.run(self._start())
        return self

    def __exit__(self, *trouble: object) -> None:
        if self.runner:
            self.teams.run(self.runner.cleanup())

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        """One request to the connector: (status, JSON, headers)."""
        return self.teams.run(self._ask(method, path, body, headers))

    def send(self, conversation: str, body: Any) -> tuple[int, Any]:
        """A message to a conversation, by its id or what it is called."""
        place = self.teams.conversation(conversation).id if conversation[0] in "@#g" else conversation
        return self.ask("POST", f"conversations/{quote(place, safe='')}/activities", body)[:2]

    def login(self, **changed: str) -> tuple[int, Any]:
        """Get a token with the right form, or one that is changed."""
        return self.teams.run(self._login(changed))

    def get(self, address: str, seconds: float = 5.0) -> tuple[int, Any]:
        """A document: (status, JSON)."""
        return self.teams.run(self._get(address, seconds))

    async def _get(self, address: str, seconds: float) -> tuple[int, Any]:
        async with ClientSession(timeout=ClientTimeout(total=seconds)) as session, session.get(address) as answer:
            said = await answer.json() if answer.content_type == "application/json" else None
            return answer.status, said

    async def _start(self) -> None:
        site = web.Application()
        site.router.add_route("*", "/api/messages", self._door)
        self.runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.teams.deliver_to(f"http://127.0.0.1:{self.runner.addresses[0][1]}/api/messages")

    async def _door(self, request: web.Request) -> web.Response:
        self.headers = dict(request.headers)
        if request.method != "POST" or request.content_type != "application/json":
            return web.Response(status=415)
        heard = await request.json()
        self.heard.append(heard)
        if heard["type"] == "invoke":
            return web.json_response(self.answers.pop(0) if self.answers else {})
        if heard["type"] == "message" and "echo " in heard.get("text", ""):
            path = f"conversations/{quote(heard['conversation']['id'], safe='')}/activities/{heard['id']}"
            said = heard["text"].partition("echo ")[2]
            await self._ask("POST", path, {"type": "message", "text": said}, {})
        return web.Response(status=201)

    async def _login(self, changed: dict[str, str]) -> tuple[int, Any]:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.teams.app_id,
            "client_secret": self.teams.app_password,
            "scope": "https://api.botframework.com/.default",
        }
        async with ClientSession() as session:
            address = f"{self.teams.login_url}/oauth2/v2.0/token"
            async with session.post(address, data=form | changed) as response:
                return response.status, await response.json()

    async def _ask(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        if not self.bearer:
            self.bearer = (await self._login({}))[1]["access_token"]
        headers = {"Authorization": f"Bearer {self.bearer}"} | headers
        address = f"{self.teams.service_url}v3/{path}"
        async with ClientSession() as session, session.request(method, address, json=body, headers=headers) as answer:
            said = await answer.json() if answer.content_type == "application/json" else None
            return answer.status, said, dict(answer.headers)
