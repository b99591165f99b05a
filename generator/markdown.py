"""Where text meets Markdown and HTML: the one place that escapes, links and renders prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:  # read when the first text needs it: most are plain, and a check is to begin at once
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

DEEPEST = 20
"""So deep may lists, quotes and brackets stand in one another: beyond it, time and the stack are what is asked for."""
SAFE_SCHEMES = ("http://", "https://", "mailto:")
PLAIN = re.compile(r"(?![\s+=-]|[0-9]+[.)])[^<>\[\]`*_&\\!#\n|~]+\Z")
"""Text in which Markdown sees nothing but a paragraph: most notes. Deliberately narrow."""


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": True, "maxNesting": 3 * DEEPEST})
    made.validateLink = lambda url: True  # type: ignore[method-assign]  # every address is to be seen
    return made


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    """CommonMark with HTML shown as text and unsafe links left as text."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False})
    made.disable("image")
    made.validateLink = lambda url: url.lower().startswith(SAFE_SCHEMES)  # type: ignore[method-assign]
    return made


def is_plain(text: str) -> bool:
    """Whether Markdown would show the text as it is, in one paragraph."""
    return bool(PLAIN.match(text))


def prose_faults(text: str, *, local_links: bool = False) -> Iterator[tuple[str, str]]:
    """What is not allowed in prose, as (sort, what it is about): `html`, `link`, or `deep` for what is nested too deep.

    `local_links` allows links to other pages of the site, for hand-written pages.
    """
    if is_plain(text):
        return
    if _brackets(text) > DEEPEST:
        yield "deep", f"Brackets are opened in one another more than {DEEPEST} deep."
        return
    for token in _tokens(_parser().parse(text)):
        if token.level > 2 * DEEPEST:
            yield "deep", f"Lists or quotes stand in one another more than {DEEPEST} deep."
            return
        if token.type in ("html_block", "html_inline"):
            yield "html", token.content.strip()
        target = str(token.attrs.get("href") or token.attrs.get("src") or "")
        if target and not target.lower().startswith(SAFE_SCHEMES) and not (local_links and _is_local(target)):
            yield "link", target
    if local_links:
        import markdown

        reader = _Elements()
        try:
            reader.feed(markdown.markdown(text, extensions=["tables", "toc"]))
        except RecursionError:
            yield "deep", f"Lists or quotes stand in one another more than {DEEPEST} deep."
        reader.close()
        yield from reader.faults


def _brackets(text: str) -> int:
    """How many brackets are open at most at one place of a paragraph: a parser looks for the end of each."""
    deepest = unclosed = 0
    for sign in re.findall(r"[\[\](){}]|\n\s*\n", text):
        unclosed = unclosed + 1 if sign in "[({" else max(unclosed - 1, 0) if sign in "])}" else 0
        deepest = max(deepest, unclosed)
    return deepest


class _Elements(HTMLParser):
    """What Python-Markdown, which renders pages, lets through: it sees HTML and links where CommonMark sees none."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OF_MARKDOWN or not {name for name, _ in attrs} <= OF_MARKDOWN[tag] | {"id", "style"}:
            self.faults.append(("html", self.get_starttag_text() or tag))
        for name, value in attrs:
            target = "".join((value or "").split()).lower()
            if name in ("href", "src") and not target.startswith(SAFE_SCHEMES) and not _is_local(target):
                self.faults.append(("link", value or ""))


PROSE = "p em strong code pre ul li blockquote hr br h1 h2 h3 h4 h5 h6 table thead tbody tr th td div".split()
OF_MARKDOWN: dict[str, set[str]] = {
    **{tag: set() for tag in PROSE},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
"""The elements that Markdown makes, with their attributes."""


def _is_local(target: str) -> bool:
    return ":" not in target and not target.startswith(("/", "\\"))


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.children:
            yield from _tokens(token.children)


def prose_html(text: str) -> Markup:
    """Prose as HTML blocks, for use inside HTML."""
    if is_plain(text):
        return Markup("<p>{}</p>").format(text)
    return Markup(_no_blank_lines(_renderer().render(text)))


def prose_inline(text: str) -> Markup:
    """Prose of one paragraph as inline HTML; several paragraphs are joined by a blank."""
    if is_plain(text):
        return escape(text)
    html = _renderer().render(text).strip()
    if html.count("<p>") == 1 and html.startswith("<p>") and html.endswith("</p>"):
        html = html[3:-4]
    return Markup(_no_blank_lines(html))


def _no_blank_lines(html: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", html).strip()


SPECIAL = re.compile(r"[\\`*_{}\[\]()#+\-.!|<>&~:\"'=^$@/]")


def markdown_text(text: object) -> str:
    """A text that Markdown shows as it is: numeric entities, which every engine reads."""
    if isinstance(text, Markup):
        return str(text)
    return SPECIAL.sub(lambda found: f"&#{ord(found[0])};", " ".join(str(text).split()))


def heading_text(text: object) -> str:
    """A text for a heading; only what Markdown could read as markup is escaped."""
    return re.sub(r"[\\`*_\[\]<>&#|~]", lambda found: f"&#{ord(found[0])};", " ".join(str(text).split()))


def html_block(html: str) -> str:
    """HTML as one block of Markdown: from column 0, without an empty line."""
    return "\n" + "\n".join(line for raw in html.splitlines() if (line := raw.strip())) + "\n"
