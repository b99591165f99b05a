"""Photographs for the pages on contributing: `make screenshots`, for maintainers, after a change of what they show.

A picture of the site is taken of the built site in `site/`. A picture of a terminal is the real output of a command,
run over a copy of the content, set as text on a page of ours. All have one size, so that a page knows how much room
they take before they are loaded. `tests/test_contribute.py` looks whether what they should show is still there.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.host import serving

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "overrides" / "assets" / "contribute"
WIDTH, HEIGHT, SHARP = 480, 360, 2.5
"""The pictures are 1200 × 900: on a phone they are shown at three quarters, so that they can be read there."""
QUALITY = 0.72
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEW = "content/programmes/urbelac.yml"


@dataclass(frozen=True)
class OfPage:
    """A picture of a page of the site: what is in its middle, and the words that must be on it."""

    name: str
    address: str
    middle: str
    """A CSS selector; what it finds is outlined."""
    says: tuple[str, ...]


@dataclass(frozen=True)
class OfTerminal:
    """A picture of commands and what they say, over content in which some texts were replaced before."""

    name: str
    commands: tuple[str, ...]
    says: tuple[str, ...]
    changes: tuple[tuple[str, str, str], ...] = ()
    """File, the text in it that is replaced, and by what."""


WRONG = (
    (NEW, "start: 2010-11", "start: 26/11/2010"),
    (NEW, "level: regional\n", "level: regionale\n"),
)
PICTURES: tuple[OfPage | OfTerminal, ...] = (
    OfPage(
        "report", "programmes/urbelac/", '.facts a[href*="mistake.yml"]', ("Report a mistake on this page", "URBELAC")
    ),
    OfPage("edit", "programmes/urbelac/", '.facts a[href*="/edit/"]', ("Edit this record", "URBELAC")),
    OfPage("suggest", "programmes/", '.mend a[href*="suggest.yml"]', ("Something missing? Suggest it",)),
    OfPage("message", "codes/bad-date/", ".eg.wrong .eg__m", ("is not a date", "start: November 2010")),
    OfTerminal(
        "check",
        (f"catalogue check {NEW}",),
        ("bad-date", "'26/11/2010' is not a date", "Did you mean 'regional'?"),
        WRONG,
    ),
    OfTerminal(
        "diff",
        ("catalogue diff HEAD",),
        ("Programme URBELAC (urbelac): changed", "2010-11 → 2011", "Pages that change with them"),
        ((NEW, "start: 2010-11", "start: 2011"),),
    ),
    OfTerminal("explain", ("catalogue explain unknown-reference",), ("What it means", "What to do")),
)


def main() -> None:
    """Take all pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with sync_playwright() as playwright, serving(ROOT / "site") as address:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            data = _picture(browser, picture, address)
            (FOLDER / f"{picture.name}.webp").write_bytes(data)
            print(f"{picture.name}: {len(data) / 1000:.0f} kB")
        browser.close()


def _picture(browser: Browser, picture: OfPage | OfTerminal, address: str) -> bytes:
    page = browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=SHARP,
        color_scheme="light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    if isinstance(picture, OfPage):
        _open(page, picture, address)
    else:
        page.set_content(_terminal(picture))
    missing = [words for words in picture.says if words not in page.inner_text("body")]
    if missing:
        raise SystemExit(f"The picture «{picture.name}» should show {missing}, and that is not there.")
    data = _as_webp(page, page.screenshot(animations="disabled", caret="hide"))
    page.close()
    return data


def _open(page: Page, picture: OfPage, address: str) -> None:
    page.goto(address + picture.address)
    page.evaluate("document.fonts.ready.then(() => null)")
    page.locator(picture.middle).first.evaluate(
        "each => { each.style.outline = '3px solid #9b2743'; each.style.outlineOffset = '4px';"
        " each.scrollIntoView({block: 'center'}) }"
    )


def _as_webp(page: Page, png: bytes) -> bytes:
    """The browser's own encoder, so that no other library is needed."""
    page.goto("about:blank")
    url: str = page.evaluate(
        """async ([url, quality]) => {
             const image = new Image(); image.src = url; await image.decode();
             const canvas = document.createElement('canvas');
             canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
             canvas.getContext('2d').drawImage(image, 0, 0);
             return canvas.toDataURL('image/webp', quality) }""",
        [f"data:image/png;base64,{base64.b64encode(png).decode()}", QUALITY],
    )
    return base64.b64decode(url.partition(",")[2])


# -- terminals

GIT = (
    ("init", "--quiet"),
    ("add", "--all"),
    ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false", "commit", "-qm", "As it was"),
)
"""What `diff` compares with is the content as it is here."""

STYLE = """body{margin:0;background:#fcfbf8;color:#17201f;font:400 13px/1.45 'DejaVu Sans Mono',monospace}
pre{margin:0;padding:14px 16px;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}b{color:#0b5963}"""


def _terminal(picture: OfTerminal) -> str:
    parts = [f"<b>$ {escape(command)}</b>\n{escape(text)}" for command, text in said(picture)]
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><pre>{chr(10).join(parts)}</pre>"


def said(picture: OfTerminal) -> list[tuple[str, str]]:
    """Each command of a picture, and all that it says, run in a folder of its own with a copy of the content."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "content", copy / "content")
        for words in GIT:
            subprocess.run(["git", *words], cwd=copy, check=True, stdout=subprocess.DEVNULL)
        for path, old, new in picture.changes:
            text = (copy / path).read_text(encoding="utf-8")
            if old not in text:
                raise SystemExit(f"{path} has no «{old}» any more, which the picture «{picture.name}» changes.")
            (copy / path).write_text(text.replace(old, new), encoding="utf-8")
        return [(command, _run(command, copy)) for command in picture.commands]


def _run(command: str, folder: Path) -> str:
    words = [sys.executable, "-m", "generator", "--config", str(ROOT / "mkdocs.yml"), *command.split()[1:]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "56"}
    done = subprocess.run(
        words, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.stdout


if __name__ == "__main__":
    main()
