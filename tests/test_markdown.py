"""Where text meets Markdown: plain text is plain, prose is safe, and text shows as itself in every engine."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markupsafe import Markup
from strategies import HOSTILE, texts

from generator.markdown import (
    heading_text,
    html_block,
    is_plain,
    markdown_text,
    prose_faults,
    prose_html,
    prose_inline,
)

COMMONMARK = MarkdownIt("commonmark")
ATTACKS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//example.org>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>a</a>",
    "<!-- --><script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](\\javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](java\tscript:alert(1))",
    "[a](  javascript:alert(1) 'title')",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "[b]\n\n[b]: <javascript:alert(1)>",
    "<javascript:alert(1)>",
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml;base64,x)",
    "[a](data:text/html;base64,x)",
    "[a](vbscript:x)",
    "[a](//example.org)",
    "[a](\"onmouseover='alert(1)')",
    "[a](https://example.org \"' onmouseover='alert(1)\")",
    '[a](https://example.org/"onmouseover="alert(1))',
    "```\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "`<script>`",
    "<svg/onload=alert(1)>",
    "a\n\n\n<div>\n\n</div>",
)


class _Attributes(HTMLParser):
    """The tags and attributes of HTML, as a browser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def is_harmless(html: str) -> bool:
    """No element that runs or loads, no attribute but those of prose, no address but of the web and mail."""
    seen = _Attributes(html)
    tags = {"p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br"}
    tags |= {f"h{n}" for n in range(1, 7)}
    addresses = [value.lower() for name, value in seen.attributes if name == "href"]
    return (
        seen.tags <= tags
        and {name for name, _ in seen.attributes} <= {"href", "title", "start", "class"}
        and all(address.startswith(("http://", "https://", "mailto:")) for address in addresses)
    )


def each_of(*samples: str) -> object:
    """Every sample as an example of its own."""

    def put(test: object) -> object:
        for sample in samples:
            test = example(sample)(test)  # type: ignore[arg-type]
        return test

    return put


# -- plain text

LETTERS = st.text("ab .,;:-=+*_#>1230)(/'\"é\n\t&<|~`[]!\\@", max_size=12)


@settings(max_examples=2000)
@given(LETTERS | texts())
@each_of(*HOSTILE, "a - b", "- a", "1. a", "1) a", "a\n===", "2012-06-26", "=", "+", "a@b.c", "    a", "\ta", "a  ")
def test_what_is_plain_is_what_commonmark_shows_as_it_is(text: str) -> None:
    text = text.strip()  # as `Prose` is read
    if is_plain(text):
        assert COMMONMARK.render(text).strip() == f"<p>{escapeHtml(text)}</p>"


@pytest.mark.parametrize("text", ["A sentence.", "Years 2007-2013, 47 cities: done (twice).", "Coopération «a» – b"])
def test_ordinary_sentences_are_plain(text: str) -> None:
    assert is_plain(text)


# -- prose


@settings(max_examples=400)
@given(texts() | st.sampled_from(ATTACKS) | st.lists(st.sampled_from(ATTACKS) | texts(), max_size=3).map(" ".join))
@each_of(*ATTACKS, *HOSTILE)
def test_prose_is_harmless_even_where_it_was_not_checked(text: str) -> None:
    assert is_harmless(prose_html(text))
    assert is_harmless(prose_inline(text))


@pytest.mark.parametrize("text", ATTACKS[:5])
def test_html_in_prose_is_a_fault(text: str) -> None:
    assert "html" in dict(prose_faults(text))


@pytest.mark.parametrize("text", [*HOSTILE[-8:], "a < b", "`<b>`", "&lt;b&gt;", "<https://example.org>", "a\n\n- b"])
def test_text_that_is_no_html_is_no_fault(text: str) -> None:
    assert list(prose_faults(text)) == []


def test_links_lead_to_the_web_or_to_a_mail_address() -> None:
    assert list(prose_faults("[a](https://example.org) <mailto:a@example.org>")) == []
    assert list(prose_faults("[a](../index.md)")) == [("link", "../index.md")]
    assert set(prose_faults("[a](/index.md)", local_links=True)) == {("link", "/index.md")}
    assert list(prose_faults("[a](../index.md#b)", local_links=True)) == []


@given(texts())
def test_a_text_of_one_paragraph_is_inline(text: str) -> None:
    assert "<p>" not in prose_inline(markdown_text(text))


def test_prose_keeps_its_markup() -> None:
    assert prose_html("*a* [b](https://example.org)") == '<p><em>a</em> <a href="https://example.org">b</a></p>'
    assert prose_inline("*a*\n*b*") == "<em>a</em>\n<em>b</em>"
    assert prose_html("a\n\n    b\n\n    c") == "<p>a</p>\n<pre><code>b\nc\n</code></pre>"


@settings(max_examples=200)
@given(st.lists(st.sampled_from(ATTACKS) | texts(), min_size=1, max_size=3).map("\n".join))
@each_of(
    *ATTACKS, *HOSTILE, "- a\n\n      <b onclick=x>", "\\<b onclick=x>", "~~~\n<b onclick=x>\n~~~", "<a:b onclick=x>"
)
def test_a_page_that_passes_is_harmless_in_the_engine_that_renders_pages(text: str) -> None:
    if list(prose_faults(text, local_links=True)):
        return
    seen = _Attributes(markdown.markdown(text, extensions=["tables", "toc"]))
    assert not seen.tags & {"script", "svg", "iframe", "object", "embed", "form", "style", "b", "javascript"}
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    addresses = ["".join(value.split()).lower() for name, value in seen.attributes if name in ("href", "src")]
    assert not [each for each in addresses if ":" in each and not each.startswith(("http://", "https://", "mailto:"))]


# -- text as itself


@settings(max_examples=300)
@given(texts())
@each_of(*HOSTILE, *ATTACKS)
def test_a_text_shows_as_itself_in_both_engines(text: str) -> None:
    shown = " ".join(text.split())
    for render in (markdown.markdown, COMMONMARK.render):
        html = render(markdown_text(text)).strip()
        assert html.startswith("<p>")
        assert html.count("<") == 2
        assert unescape(html[3:-4]) == shown


@settings(max_examples=300)
@given(texts())
@each_of(*HOSTILE, *ATTACKS)
def test_a_heading_shows_as_itself_in_both_engines(text: str) -> None:
    shown = " ".join(text.split())
    for render in (markdown.markdown, COMMONMARK.render):
        html = render(f"# {heading_text(text)}").strip()
        assert html.startswith("<h1>")
        assert html.count("<") == 2
        assert unescape(html[4:-5]) == shown


def test_markup_passes_and_text_is_escaped() -> None:
    assert markdown_text(Markup("<b>")) == "<b>"
    assert markdown_text("<b>") == "&#60;b&#62;"


# -- HTML blocks


@given(st.lists(st.sampled_from(["<div>", "</div>", "", " ", "\n", "\n\n", "\t", "text", "  <p>a</p>"])).map("\n".join))
def test_an_html_block_has_no_blank_line_and_begins_at_column_0(html: str) -> None:
    block = html_block(html)
    assert block.startswith("\n")
    assert block.endswith("\n")
    lines = block[1:-1].split("\n")
    assert all(line == line.lstrip() for line in lines)
    assert all(lines) or lines == [""]


def test_an_html_block_is_html_to_both_engines() -> None:
    block = html_block("<div>\n\n  <p>*a* `b`</p>\n</div>")
    page = f"Text.\n{block}\nMore."
    for render in (markdown.markdown, COMMONMARK.render):
        assert "<div>\n<p>*a* `b`</p>\n</div>" in render(page)
