"""The icons of the Teams app, looked at pixel by pixel in Chromium."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bot.teams.package import FOLDER
from tests.bot.pictures import ROOT, renderers
from tests.bot.teams.icons import DRAWN, draw

pytestmark = pytest.mark.browser

PIXELS = """async (source) => {
  const image = new Image(); image.src = source; await image.decode();
  const canvas = document.createElement("canvas"); canvas.width = image.width; canvas.height = image.height;
  const drawing = canvas.getContext("2d"); drawing.drawImage(image, 0, 0);
  return [...drawing.getImageData(0, 0, image.width, image.height).data];
}"""
Pixel = tuple[int, ...]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page in Chromium, to draw and to look."""
    with renderers() as opened:
        yield opened


def _pixels(page: Page, file: Path) -> list[Pixel]:
    """Red, green, blue and how solid, row by row."""
    source = f"data:image/png;base64,{base64.b64encode(file.read_bytes()).decode()}"
    flat: list[int] = page.evaluate(PIXELS, source)
    return list(zip(*[iter(flat)] * 4, strict=True))


def test_the_colour_icon_runs_to_the_edge_and_its_mark_keeps_to_the_middle(page: Page) -> None:
    pixels = _pixels(page, FOLDER / "color.png")
    accent = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["accentColor"]
    ground = tuple(bytes.fromhex(accent[1:])) + (255,)
    marked = [(at % 192, at // 192) for at, pixel in enumerate(pixels) if pixel != ground]
    assert len(marked) > 192 * 192 / 8
    assert min(min(spot) for spot in marked) >= 36
    assert max(max(spot) for spot in marked) < 192 - 36
    assert accent in (ROOT / "bot/webchat/page/chat.css").read_text(encoding="utf-8")


def test_the_outline_icon_is_white_on_nothing(page: Page) -> None:
    pixels = _pixels(page, FOLDER / "outline.png")
    assert {pixel[:3] for pixel in pixels if pixel[3]} == {(255, 255, 255)}
    assert sum(pixel[3] == 0 for pixel in pixels) > len(pixels) / 2
    assert all(pixels[at][3] == 0 for at in (0, 31, 32 * 31, 32 * 32 - 1))


@pytest.mark.parametrize("name", DRAWN)
def test_the_icons_are_what_is_drawn(name: str, page: Page, tmp_path: Path) -> None:
    drawing, side = DRAWN[name]
    before = _pixels(page, FOLDER / name)
    draw(page, drawing, side, tmp_path / name)
    after = _pixels(page, tmp_path / name)
    off = sum(abs(one - two) for old, new in zip(before, after, strict=True) for one, two in zip(old, new, strict=True))
    assert off / len(before) < 4  # another Chromium may soften an edge a little differently
