"""The commented samples, one for each kind: valid together, in the one style, and accepted by the schemas."""

from __future__ import annotations

import pytest
from conftest import HERE
from test_json_schema import CHECKERS, FILES, core_value

from generator.checking import check
from generator.editing.style import formatted
from generator.kinds import KINDS
from generator.model.kind import Kind
from generator.schema.fields import describe

SAMPLES = HERE.parent / "generator" / "samples"
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def text_of(kind: Kind) -> str:
    return (SAMPLES / f"{kind.name}{'.md' if kind.name == 'page' else '.yml'}").read_text(encoding="utf-8")


def place_of(kind: Kind) -> str:
    """Where the sample would stand in the content folder."""
    if kind.name == "page":
        return "pages/about/partnership.md"
    id = next((line[4:] for line in text_of(kind).splitlines() if line.startswith("id: ")), "")
    return kind.file or f"{kind.folder}/{id}.yml"


def test_together_they_are_a_catalogue_without_a_problem() -> None:
    assert [str(problem) for problem in check({place_of(kind): text_of(kind) for kind in KINDS})[1]] == []


def test_there_is_one_for_each_kind_and_no_other() -> None:
    assert sorted(path.stem for path in SAMPLES.iterdir()) == sorted(kind.name for kind in KINDS)


@each_kind
def test_each_is_accepted_by_its_schema_and_names_it(kind: Kind) -> None:
    text = text_of(kind)
    written = text.split("---\n")[1] if kind.name == "page" else text
    assert list(CHECKERS[FILES[kind.name]].iter_errors(core_value(written))) == []
    assert kind.name == "page" or f"schema/{FILES[kind.name]}" in text.splitlines()[0]


@each_kind
def test_each_is_in_the_one_style(kind: Kind) -> None:
    assert formatted(text_of(kind), kind) == text_of(kind)


@each_kind
def test_each_teaches_by_comments_and_shows_what_no_record_may_lack(kind: Kind) -> None:
    text = text_of(kind)
    assert len([line for line in text.splitlines() if line.lstrip().startswith("# ")]) >= 2
    assert [field.name for field in describe(kind).required if f"{field.name}:" not in text] == []
