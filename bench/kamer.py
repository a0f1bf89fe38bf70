"""`python -m bench.kamer PORT COUNT`: a Tweede Kamer whose pages stand ready, so that serving costs nothing."""

import sys

from aiohttp import web

from parliament.tweedekamer.kinds import KINDS
from tests.servers import crowd
from tests.servers.tweedekamer import PAGE, Kamer, page

Pages = dict[tuple[str, int], bytes]


def pages(kamer: Kamer, url: str) -> Pages:
    """Every page of every feed, by kind and token."""
    made: Pages = {}
    for kind in KINDS:
        token = 0
        while True:
            rows = kamer.feed(kind, token)
            made[kind, token] = page(url, kind, token, rows)
            if not rows:
                break
            token = rows[:PAGE][-1].token
        made[kind, token - 1] = page(url, kind, token - 1, kamer.feed(kind, token - 1))  # who looks for more asks so
    return made


def main(port: int, count: int) -> None:
    """Serve so many entities until the process is told to stop."""
    kamer = Kamer()
    crowd.fill(kamer, count)
    made = pages(kamer, f"http://127.0.0.1:{port}/SyncFeed/2.0/Feed")

    async def feed(request: web.Request) -> web.Response:
        asked = request.query["category"], int(request.query.get("skiptoken") or 0)
        return web.Response(body=made[asked], content_type="application/atom+xml")

    app = web.Application()
    app.router.add_get("/SyncFeed/2.0/Feed", feed)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
