"""The reading form of pages says what the pages say, as Markdown without HTML; llms.txt leads to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from conftest import base_files, whole_tree_of
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from site_fixture import SITE_URL, BuiltSite, Element, parse

from generator.kinds import KINDS
from generator.render.reading import ENDING, LEFT_OUT, reading
from generator.render.words import words_of

WORDS = words_of("en")
URL = "https://c.example/programmes/x/"
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = (
    "<script>alert(1)</script>", "</p><img src=x onerror=alert(1)>", "# no heading", "- no list", "1. none", "> none",
    "| a | b |", "[a](javascript:b)", "[a]: https://b.example", "*a* _b_ __c__ `d` ~~e~~", "&lt;b&gt; &amp; &copy;",
    "a\\*b", "---", "===", "```", "~~~", "<https://a.example>", "<!-- a -->", "![a](b)", "+", "snake_case", "a|b",
)  # fmt: skip


def markdown_of(html: str, url: str = URL) -> str:
    """The reading form of a page of one block, without its first line."""
    return reading(f"\n{html}\n", url, WORDS, "today").partition("\n\n")[2]


def tokens(text: str) -> Iterator[Token]:
    for token in MARKDOWN.parse(text):
        yield token
        yield from token.children or ()


def shown(text: str) -> str:
    """What a reader of the Markdown sees, without what parts words."""
    return letters("".join(token.content for token in tokens(text) if not token.children))


def letters(text: str) -> str:
    return re.sub(r"[\s;()—·–]+", "", text)


def assert_clean(text: str) -> None:
    assert [token.content for token in tokens(text) if token.type.startswith("html")] == []


# -- whatever a text holds


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "around",
    ["<p>{}</p>", "<h2>{}</h2><p>x</p>", "<ul><li>{}</li></ul>", "<dl><dt>x</dt><dd>{}</dd></dl>",
     '<p><a href="y/">{}</a></p>', "<p><strong>x</strong> {}</p>", '<p>x <span class="sub">{}</span></p>',
     "<table><thead><tr><th>{0}</th></tr></thead><tbody><tr><td>{0}</td></tr></tbody></table>",
     "<p>x <code>{}</code></p>", "<details><summary>x</summary>{}</details>"],
)  # fmt: skip
def test_a_hostile_text_is_text_wherever_it_stands(around: str, text: str) -> None:
    made = markdown_of(around.format(escape(text)))
    assert_clean(made)
    assert letters(text) in shown(made), made
    assert not [t for t in tokens(made) if t.type in ("image", "heading_open", "hr") and "<h2>" not in around]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1).filter(str.strip))
def test_any_text_reads_back(text: str) -> None:
    made = markdown_of(f"<div><p>{escape(text)}</p><ul><li>{escape(text)}</li></ul></div>")
    assert_clean(made)
    assert shown(made) == letters(text) * 2


def test_hostile_records_make_clean_reading_forms() -> None:
    hostile = json.dumps(" ".join(HOSTILE))
    record = f"id: hostile\nname: {hostile}\nacronym: {hostile}\nsummary: A plain sentence.\n"
    tree = whole_tree_of({**base_files(), "programmes/hostile.yml": record})
    text = tree[f"programmes/hostile/{ENDING}"]
    assert isinstance(text, str)
    assert_clean(text)
    assert letters(" ".join(HOSTILE)) in shown(text)


# -- each sort of block


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>a <em>b</em> <strong>c</strong></p>", "a *b* **c**\n"),
        ("<dl><div><dt>Type</dt> <dd>A</dd></div><div><dt>By</dt><dd><ul><li>B</li><li>C</li></ul></dd></div></dl>",
         "- **Type:** A\n- **By:** B; C\n"),
        ('<table><caption class="vh">T</caption><thead><tr><th>a</th><th>drawn</th></tr></thead><tbody><tr><th>b</th>'
         "<td><svg><path/></svg></td></tr></tbody></table>", "**T**\n\n| a |\n| --- |\n| b |\n"),
        ('<p>a<span class="src"><a href="#s1"><span class="vh">source </span>[1]</a> <a href="#s2">[2]</a></span>.</p>',
         "a [1] [2].\n"),
        ('<p>a <span class="flag">not verified</span></p>', "a (not verified)\n"),
        ('<p><a href="../y/#z">a</a> <a href="#c1">b</a></p>', "[a](https://c.example/programmes/y/#z) b\n"),
        ("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "1. a\n2. b\n   - c\n"),
        ("<details><summary>More</summary><p>a</p></details>", "**More:**\n\na\n"),
        ("<div><form><p>a</p></form><p hidden>b</p><nav><a href='x'>c</a></nav><p>d</p></div>", "d\n"),
        ("# A &#42;b&#42;", "A"),
        ("[a](../y/index.md#z) and\nb", "[a](https://c.example/programmes/y/#z) and\nb\n"),
        ("<p>a</p>\n## B\n\n<p>c</p>", "a\n\n## B\n\nc\n"),
        ("## B\n\n<figure class='chart'><svg/></figure>\n\n## C\n\nd", "## C\n\nd\n"),
        ("```\n<p>a\n\n# b</p>\n```", "```\n<p>a\n\n# b</p>\n```\n"),
    ],
)  # fmt: skip
def test_a_block_is_written_as_markdown(html: str, markdown: str) -> None:
    if html.startswith("# "):
        assert reading(html, URL, WORDS, "today") == f"# A \\*b\\*\n\n{URL} · As of today\n"
    else:
        assert markdown_of(html) == markdown


# -- the real content


def read_forms(built: BuiltSite) -> dict[str, str]:
    """The reading form of each page, by the address of the page."""
    return {path.removesuffix(ENDING): text for path, text in built.tree.items() if path.endswith(ENDING)}


def test_every_page_has_its_reading_form_and_names_it(built: BuiltSite) -> None:
    named = {
        name.removesuffix("index.html")
        for name, page in built.pages().items()
        for link in page.all("link")
        if link.attributes.get("type") == "text/markdown" and link.attributes["href"] == ENDING
    }
    assert named == set(read_forms(built)) == {n.removesuffix("index.html") for n in built.pages()} - {"404.html"}


def test_no_reading_form_has_html(built: BuiltSite) -> None:
    for text in read_forms(built).values():
        assert_clean(text)
        assert "<span" not in text
        assert text.startswith("# ")


UNSEEN = set("vh do url ev__s mend asof facets chart map".split())
"""Classes of what has no place in Markdown: hidden words, ways to act, drawings, what is told elsewhere."""
LEAVES = set("h1 h2 h3 dt dd td th p li summary figcaption caption".split())


def is_seen(element: Element) -> bool:
    unseen = UNSEEN & set(element.attributes.get("class", "").split()) and element.tag != "caption"
    return element.tag not in LEFT_OUT and "hidden" not in element.attributes and not unseen


def said(element: Element) -> str:
    """What an element of a page says to those who see it."""
    return "".join(part if isinstance(part, str) else said(part) if is_seen(part) else "" for part in element.parts)


def statements(element: Element) -> Iterator[str]:
    """The smallest blocks of a page that say something."""
    inside = [each for part in element.elements if is_seen(part) for each in statements(part)]
    if element.tag in LEAVES and not inside and said(element).strip():
        yield said(element)
    yield from inside


def test_every_fact_and_every_source_of_a_record_stands_in_its_reading_form(built: BuiltSite) -> None:
    forms = {address: bare(shown(text)) for address, text in read_forms(built).items()}
    places = [
        path.removesuffix(".md") + "/" for kind in KINDS if kind.name != "page" for path in built.paths(kind).values()
    ]
    told = [(place, each) for place in places for each in statements(next(built.page(place).all("article")))]
    assert len(told) > 10000
    assert [
        (place, each) for place, each in told if bare(letters(each)) not in forms[place] and each not in DRAWN
    ] == []


DRAWN = {"Timeline", "Life of the relation"}
"""Headings of drawings, whose tables have others."""


def bare(text: str) -> str:
    """Without the brackets around the number of a source."""
    return re.sub(r"[\[\]]", "", text)


def test_the_numbers_at_facts_are_those_of_the_sources_at_the_end(built: BuiltSite) -> None:
    cited = 0
    for address, text in read_forms(built).items():
        listed = set(re.findall(r"^- \[(\d+)\] ", text, re.MULTILINE))
        if f"{address}cite.json" in built.tree and "\n## Evidence\n" in text:
            body = text.partition("\n## Evidence\n")[0]
            assert set(re.findall(r" \[(\d+)\](?!\()", body)) <= listed, address
            page = built.page(address)
            marks = [e for e in page.all("span") if e.attributes.get("class") == "src"]
            assert len(re.findall(r" \[\d+\](?!\()", body)) == sum(len(list(e.all("a"))) for e in marks), address
            cited += len(marks)
    assert cited > 2000


def test_every_link_is_whole_and_leads_somewhere(built: BuiltSite) -> None:
    ids = {name: {e.attributes["id"] for e in page.all() if "id" in e.attributes}
           for name, page in built.pages().items()}  # fmt: skip
    inside = 0
    for address, text in (*read_forms(built).items(), ("llms.txt", built.tree["llms.txt"])):
        for token in tokens(text):
            href = str(token.attrs.get("href") or token.attrs.get("src") or "")
            if token.type not in ("link_open", "image"):
                continue
            assert href.startswith(("https://", "http://", "mailto:")), (address, href)
            if href.startswith(SITE_URL):
                inside += 1
                parts = urlsplit(href)
                name = unquote(parts.path).removeprefix(urlsplit(SITE_URL).path)
                name += "index.html" if not name or name.endswith("/") else ""
                assert (built.site / Path(name)).is_file(), (address, href)
                assert not parts.fragment or unquote(parts.fragment) in ids[name], (address, href)
    assert inside > 5000


# -- llms.txt


def test_llms_txt_has_the_form_of_its_description(built: BuiltSite) -> None:
    """A title, a quotation, and sections that are lists of links; the last may be skipped."""
    text = built.tree["llms.txt"]
    kinds = [token.type for token in MARKDOWN.parse(text) if token.level == 0 and not token.type.endswith("_close")]
    assert kinds[:3] == ["heading_open", "inline", "blockquote_open"] or kinds[0] == "heading_open"
    lines = [line for line in text.splitlines() if line]
    assert re.match(r"# \S", lines[0])
    assert re.match(r"> \S", lines[1])
    sections = text.split("\n## ")[1:]
    assert [section.partition("\n")[0] for section in sections] == [
        "Records", "Overviews", "About", "Data", "Optional",
    ]  # fmt: skip
    for section in sections:
        for line in filter(None, section.split("\n")[1:]):
            assert re.fullmatch(r"- \[[^\]]+\]\(https://[^)]+\): .+", line), line


def test_llms_txt_names_every_kind_and_every_page_on_the_catalogue(built: BuiltSite) -> None:
    text = built.tree["llms.txt"]
    for address in [f"{kind.section}/" for kind in KINDS if kind.name != "page"]:
        assert f"({SITE_URL}{address}{ENDING})" in text
    for path in built.paths(next(kind for kind in KINDS if kind.name == "page")).values():
        address = path.removesuffix("index.md").removesuffix(".md").rstrip("/")
        assert not address or f"({SITE_URL}{address}/{ENDING})" in text, path


def test_a_statement_that_is_missing_would_be_found() -> None:
    page = '<main><p class="do">a</p><dl><dt>b<span class="vh">c</span></dt><dd><p>d</p></dd></dl></main>'
    assert list(statements(parse(page))) == ["b", "d"]
