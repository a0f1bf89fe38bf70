"""robots.txt: whose rules count, and which of them decides."""

import pytest

from parliament.robots import allows, rules

SENATE = """# Eerste Kamer
User-agent: *
Disallow: /zoeken
Disallow: /*?*sort=
Disallow: /*print$
Allow: /zoeken/over
Disallow:
Sitemap: https://www.eerstekamer.nl/sitemap.xml

User-agent: Grabber
User-agent: Lobby
Disallow: /privé

User-agent: slow
Crawl-delay: 10
"""


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/", True),
        ("/zoeken", False),
        ("/zoeken?q=asiel", False),
        ("/zoeken/over", True),  # the longest rule decides
        ("/stemmingen_per_vergaderdag?filter=alles&start_006=25&dlastinprev=2026-09-22", True),
        ("/stemmingen_per_vergaderdag?filter=alles&sort=oud", False),
        ("/wetsvoorstel/36704/print", False),
        ("/wetsvoorstel/36704/print/2", True),
        ("/privé", True),
    ],
)
def test_for_everybody_the_longest_rule_that_fits_decides(path: str, may: bool) -> None:
    assert allows(rules(SENATE, "Another/1.0"), f"https://www.eerstekamer.nl{path}") is may


def test_rules_for_us_go_before_those_for_everybody() -> None:
    ours = rules(SENATE, "Lobby/0.1 (advocacy bot)")
    assert allows(ours, "https://x/zoeken")
    assert not allows(ours, "https://x/privé")


@pytest.mark.parametrize(
    "text", ["", "\n\n", "User-agent: *\nDisallow:\n", "User-agent: Grabber\nDisallow: /\n", "<html>"]
)
def test_where_nothing_is_asked_everything_may_be_read(text: str) -> None:
    assert allows(rules(text), "https://x/zoeken")


def test_all_may_be_forbidden_and_of_two_rules_as_long_the_kinder_counts() -> None:
    assert not allows(rules("user-agent: *\ndisallow: /"), "https://x/a")
    assert allows(rules("User-agent: *\nDisallow: /a\nAllow: /a"), "https://x/a")
