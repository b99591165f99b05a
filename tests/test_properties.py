"""What holds of any record that could be written."""

from __future__ import annotations

import random
from collections.abc import Mapping
from html.parser import HTMLParser

import markdown
import pytest
from conftest import TODAY, base_files, tree_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data
from strategies import HOSTILE, drawn_files, file_of, records, texts, written

from generator.build import build, check
from generator.kinds import KINDS
from generator.markdown import markdown_text
from generator.model.kind import Kind

KIND = {kind.name: kind for kind in KINDS}


# -- building


@settings(max_examples=25)
@given(drawn_files(KINDS))
def test_any_record_that_passes_builds(files: dict[str, str]) -> None:
    built = build(files, TODAY)
    assert not built.problems
    assert all(path in built.tree for path in ("index.md", "search/index.md"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_most_records_that_are_drawn_pass(kind: Kind) -> None:
    passed: list[bool] = []

    @settings(max_examples=20)
    @given(records(kind))
    def draw(fields: dict[str, object]) -> None:
        passed.append(not check(file_of(kind, DRAWN.get(kind.name, "drawn"), fields)(base_files()))[1])

    draw()
    assert sum(passed) > len(passed) / 2


DRAWN = {"country": "JM", "group": "DRAWN"}


@settings(max_examples=5)
@given(drawn_files(KINDS), st.randoms(use_true_random=False))
def test_shuffled_files_give_the_same_tree(files: dict[str, str], shuffling: random.Random) -> None:
    names = list(files)
    shuffling.shuffle(names)
    tree = tree_of(files)
    assert tree_of({name: files[name] for name in names}) == tree
    assert list(tree_of({name: files[name] for name in names})) == list(tree)


def test_the_order_of_records_in_a_table_does_not_reach_the_tree() -> None:
    files = base_files()
    head, records_line, rest = files["organisations.yml"].partition("records:\n")
    first, second, third = rest.partition("  fiiapp-lima:")
    turned = files | {"organisations.yml": f"{head}{records_line}{second}{third}{first}"}
    assert tree_of(turned) == tree_of(files)


# -- any text shows as itself


class _Shown(HTMLParser):
    """The texts of a page by the element that holds them, tags stripped and entities read."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "img", "input", "hr", "meta", "link"):
            self.open.append(f"{tag}.{dict(attrs).get('class') or ''}".rstrip("."))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().partition(".")[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for name in set(self.open):
            self.found[name] = self.found.get(name, "") + data


def shown(page: str) -> Mapping[str, str]:
    """What a reader sees of a page of Markdown, by element, with blanks as HTML folds them."""
    body, _ = get_data(page)
    reader = _Shown()
    reader.feed(markdown.markdown(body, extensions=["tables", "toc"]))
    reader.close()
    return {name: " ".join(text.split()) for name, text in reader.found.items()}


def folded(text: str) -> str:
    return " ".join(text.split())


def page_of(kind: str, id: str, fields: dict[str, object]) -> str:
    """The page of one record, in a catalogue of the base and that record."""
    files = file_of(KIND[kind], id, fields)(base_files())
    return tree_of(files)[f"{KIND[kind].section}/{id.lower()}/index.md"]


def each_hostile_text(test: object) -> object:
    for text in HOSTILE:
        test = example(text)(test)  # type: ignore[arg-type]
    return test


@settings(max_examples=60)
@given(texts())
@each_hostile_text
def test_a_name_shows_as_itself_in_the_heading_and_a_summary_in_the_lead(text: str) -> None:
    page = page_of("programme", "x", {"name": text, "summary": str(markdown_text(text))})
    assert shown(page)["h1"] == folded(text)
    assert shown(page)["div.lead"] == folded(text)


@settings(max_examples=40)
@given(texts())
@each_hostile_text
def test_a_short_name_is_the_heading_and_the_name_stands_below_it(text: str) -> None:
    page = page_of("agreement", "x", AGREEMENT | {"short_name": "Short", "name": text})
    assert shown(page)["h1"] == "Short"
    assert shown(page)["p.formal"].removesuffix("not verified").strip() == folded(text)


AGREEMENT = {"type": "trade-agreement", "parties": ["EU", "CL"], "summary": "Text."}


@settings(max_examples=40)
@given(texts())
@each_hostile_text
def test_the_title_of_a_page_shows_as_itself(text: str) -> None:
    page = written({"title": text, "description": "Text."})
    tree = tree_of(base_files() | {"pages/x.md": f"---\n{page}---\nText.\n"})
    assert shown(tree["x/index.md"])["h1"] == folded(text)
