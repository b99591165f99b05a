"""What may be written, described once from the models."""

from __future__ import annotations

import pytest

from generator.kinds import KINDS
from generator.kinds.agreement import AgreementType
from generator.model.kind import Kind
from generator.model.values import DATE_FORM, Line
from generator.schema.fields import Choice, Either, Fixed, Keyed, ListOf, Nested, Plain, Refers, describe

BY_NAME = {kind.name: kind for kind in KINDS}


def field_of(kind: str, name: str, part: str = "") -> object:
    described = describe(BY_NAME[kind])
    fields = next(each.fields for each in described.parts() if each.name == part) if part else described.fields
    return next(field.shape for field in fields if field.name == name)


@pytest.mark.parametrize(
    ("kind", "part", "name", "shape"),
    [
        ("programme", "", "start", Plain(DATE_FORM)),
        ("programme", "", "name", Plain(Line.form)),
        ("programme", "", "countries", ListOf(Refers(("country",)))),
        ("agreement", "", "parties", ListOf(Refers(("country", "group")))),
        ("agreement", "Event", "except", ListOf(Refers(("country", "group")))),
    ],
)
def test_the_type_of_a_field_gives_its_shape(kind: str, part: str, name: str, shape: object) -> None:
    assert field_of(kind, name, part) == shape


def test_other_ways_to_write_a_field_are_told() -> None:
    parties = field_of("agreement", "parties", "Event")
    assert isinstance(parties, Either)
    assert parties.ways[0] == ListOf(Refers(("country", "group")))
    assert [way.word for way in parties.ways if isinstance(way, Fixed)] == ["unnamed"]
    evidence = field_of("agreement", "evidence")
    assert isinstance(evidence, Keyed)
    assert isinstance(evidence.of, Either)
    assert [type(way) for way in evidence.of.ways] == [Nested, ListOf, Fixed]


def test_a_vocabulary_gives_its_words_in_order() -> None:
    choice = field_of("agreement", "type")
    assert isinstance(choice, Choice)
    assert [word.word for word in choice.words] == [str(word) for word in AgreementType]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_record_in_a_file_of_many_has_neither_id_nor_sources(kind: Kind) -> None:
    described = describe(kind)
    written = {field.name for field in described.fields}
    assert {"id", "sources"} <= written or kind.file or kind.name == "page"
    assert not (kind.file and written & {"id", "sources"})
    assert (described.body is not None) == (kind.name == "page")
