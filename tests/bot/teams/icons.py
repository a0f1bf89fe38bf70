"""`python -m tests.bot.teams.icons` draws the icons of the Teams app: the mark of the web chat, as Teams wants it."""

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bot.pictures import FLAGS, ROOT

FOLDER = ROOT / "config/teams"
MARK = (ROOT / "bot/webchat/page/icon.svg").read_text(encoding="utf-8")

# Teams rounds the corners itself, so the ground runs to the edge; the mark keeps within the 120 pixels in the middle.
COLOR = (
    MARK.replace('viewBox="0 0 40 40"', 'viewBox="-1.6 -0.9 43.2 43.2"')
    .replace('<rect width="40" height="40" rx="11"', '<rect x="-2" y="-2" width="45" height="46"')
    .replace("<svg ", '<svg width="192" height="192" ')
)

# The same balloon and door in one colour. Lines run along whole pixels, or they blur at this size.
OUTLINE = """
<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32" fill="none" stroke="#ffffff">
  <path d="M8 5h16a4 4 0 0 1 4 4v11a4 4 0 0 1-4 4H12l-4.5 4v-4a4 4 0 0 1-3.5-4V9a4 4 0 0 1 4-4z"
    stroke-width="2" stroke-linejoin="round"/>
  <path d="M12 24v-8a4 4 0 0 1 8 0v8" stroke-width="2"/>
  <circle cx="17" cy="18" r="1" fill="#ffffff" stroke="none"/>
</svg>
"""

DRAWN = {"color.png": (COLOR, 192), "outline.png": (OUTLINE, 32)}  # file -> (drawing, pixels of a side)


def draw(page: Page, drawing: str, side: int, file: Path) -> None:
    """One icon, see-through where nothing is drawn."""
    page.set_viewport_size({"width": side, "height": side})
    page.set_content(f"<!doctype html><style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawing}")
    page.screenshot(path=file, omit_background=True)


def main(folder: Path = FOLDER) -> None:
    """Draw both again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page()
        for name, (drawing, side) in DRAWN.items():
            draw(page, drawing, side, folder / name)
        browser.close()


if __name__ == "__main__":
    main()
