"""What holds of any record that could be written."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser

import markdown
import pytest
from conftest import TODAY, base_files, page_of, tree_of, whole_tree_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data
from strategies import HOSTILE, drawn_files, file_of, id_of, records, texts, written

from generator.build import build
from generator.checking import check
from generator.kinds import KINDS
from generator.markdown import markdown_text
from generator.model.kind import Kind

KIND = {kind.name: kind for kind in KINDS}


# -- building


@settings(max_examples=15)
@given(drawn_files(KINDS))
def test_any_record_that_passes_builds(files: dict[str, str]) -> None:
    built = build(files, TODAY)
    assert not built.problems
    assert {"index.md", "search/index.md"} <= set(built.tree)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_most_records_that_are_drawn_pass(kind: Kind) -> None:
    """Else the other properties would say little: texts with markup and dates in any order are drawn on purpose."""
    passed: list[bool] = []

    @settings(max_examples=100, derandomize=True)  # of few that are drawn anew each time the share would be chance
    @given(records(kind))
    def draw(fields: dict[str, object]) -> None:
        passed.append(not check(file_of(kind, id_of(kind), fields)(base_files()))[1])

    draw()
    assert sum(passed) > len(passed) / 2


@settings(max_examples=4)
@given(drawn_files(KINDS), st.randoms(use_true_random=False))
def test_shuffled_files_give_the_same_tree(files: dict[str, str], shuffling: random.Random) -> None:
    names = list(files)
    shuffling.shuffle(names)
    assert list(whole_tree_of({name: files[name] for name in names}).items()) == list(whole_tree_of(files).items())


def test_the_order_of_records_in_a_table_does_not_reach_the_tree() -> None:
    files = base_files()
    head, records_line, rest = files["organisations.yml"].partition("records:\n")
    first, second, third = rest.partition("  fiiapp-lima:")
    turned = files | {"organisations.yml": f"{head}{records_line}{second}{third}{first}"}
    assert whole_tree_of(turned) == whole_tree_of(files)


# -- any text shows as itself


class _Shown(HTMLParser):
    """The texts of a page by the element that holds them, tags stripped and entities read."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: dict[str, str] = {}
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("br", "img", "input", "hr", "meta", "link"):
            self.open.append(f"{tag}.{dict(attrs).get('class') or ''}".rstrip("."))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().partition(".")[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for name in {"", *self.open}:
            self.found[name] = self.found.get(name, "") + data


def read_page(page: str) -> _Shown:
    """A page of Markdown as the site engine makes it."""
    body, _ = get_data(page)
    reader = _Shown()
    reader.feed(markdown.markdown(body, extensions=["tables", "toc"]))
    reader.close()
    return reader


def shown(page: str) -> Mapping[str, str]:
    """What a reader sees of a page of Markdown, by element, with blanks as HTML folds them."""
    return {name: folded(text) for name, text in read_page(page).found.items()}


def folded(text: str) -> str:
    return " ".join(text.split())


def record_page(kind: str, id: str, fields: dict[str, object]) -> str:
    """The page of one record, in a catalogue of the base and that record."""
    files = file_of(KIND[kind], id, fields)(base_files())
    return page_of(files, f"{KIND[kind].section}/{id.lower()}/index.md")


def each_hostile_text(test: object) -> object:
    for text in HOSTILE:
        test = example(text)(test)  # type: ignore[arg-type]
    return test


@settings(max_examples=60)
@given(texts())
@each_hostile_text
def test_a_name_shows_as_itself_in_the_heading_and_a_summary_in_the_lead(text: str) -> None:
    page = record_page("programme", "x", {"name": text, "summary": str(markdown_text(text))})
    assert shown(page)["h1"] == folded(text)
    assert shown(page)["div.lead"] == folded(text)


@settings(max_examples=40)
@given(texts())
@each_hostile_text
def test_a_short_name_is_the_heading_and_the_name_stands_below_it(text: str) -> None:
    page = record_page("agreement", "x", AGREEMENT | {"short_name": "Short", "name": text})
    assert shown(page)["h1"] == "Short"
    assert shown(page)["p.formal"].removesuffix("not verified").strip() == folded(text)


AGREEMENT: dict[str, object] = {"type": "trade-agreement", "parties": ["EU", "CL"], "summary": "Text."}


@settings(max_examples=40)
@given(texts())
@each_hostile_text
def test_the_title_of_a_page_shows_as_itself(text: str) -> None:
    page = written({"title": text, "description": "Text."})
    made = page_of(base_files() | {"pages/x.md": f"---\n{page}---\nText.\n"}, "x/index.md")
    assert shown(made)["h1"] == folded(text)


@settings(max_examples=40)
@given(texts())
@each_hostile_text
def test_the_title_in_front_matter_reads_back_escaped(text: str) -> None:
    _, front = get_data(record_page("programme", "x", {"name": text, "summary": "Text."}))
    assert unescape(front["title"]) == folded(text)
    assert not set("<>\"'") & set(front["title"] + front["description"])


TIMES = 12
"""In how many places the record below holds each text."""


def test_every_text_of_a_record_shows_as_itself() -> None:
    """One record with all hostile texts in all fields of one line, and no page of the tree takes one for markup."""
    fields: dict[str, object] = {
        "name": HOSTILE[0],
        "other_names": [{"name": text} for text in HOSTILE],
        "phases": [{"name": text} for text in HOSTILE],
        "participants": [{"text": text} for text in HOSTILE],
        "budget": [{"amount": "1", "currency": "EUR", "basis": "budget", "label": text} for text in HOSTILE],
        "activities": [{"title": text, "place": text, "type": "study"} for text in HOSTILE],
        "results": [{"text": str(markdown_text(text))} for text in HOSTILE],
        "border_areas": [{"area": "ecuador-peru", "value_chains": list(HOSTILE)}],
        "funding_instrument": " ".join(HOSTILE),
        "summary": "Text.",
        "evidence": {"summary": [f"s{n}" for n, _ in enumerate(HOSTILE)]},
        "sources": [{"id": f"s{n}", "title": text, "publisher": text, "oj": text} for n, text in enumerate(HOSTILE)],
    }
    tree = tree_of(file_of(KIND["programme"], "x", fields)(base_files()))
    page = read_page(tree["programmes/x/index.md"])
    text = folded(page.found[""])
    assert [each for each in HOSTILE if text.count(folded(each)) < TIMES] == []
    for path in (path for path in tree if path.endswith(".md")):
        reader = read_page(tree[path])
        assert not reader.tags & {"script", "b", "i", "iframe"}, path
        assert not [name for name in reader.attributes if name.startswith("on")], path


def test_the_data_for_our_own_pages_reads_back() -> None:
    files = file_of(KIND["programme"], "x", {"name": '</script>"\\ 😀', "summary": "Text."})(base_files())
    names = json.loads(tree_of(files)["assets/data/names.json"])
    assert names["programmes"]["records"]["x"][0] == '</script>"\\ 😀'
