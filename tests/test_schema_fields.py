"""What may be written, described once from the models."""

from __future__ import annotations

from typing import get_type_hints

import pytest
from pydantic import TypeAdapter

from generator.kinds import KINDS
from generator.kinds.agreement import AgreementType
from generator.kinds.country import Income
from generator.model.kind import Kind
from generator.model.values import DATE_FORM, Line, Model, Vocabulary
from generator.read import read
from generator.schema.fields import (
    Choice,
    Either,
    Fixed,
    Keyed,
    ListOf,
    Nested,
    Plain,
    Refers,
    as_yaml,
    describe,
    part_of,
)

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


# -- every field is explained


def models_of(base: type[Model] = Model) -> list[type[Model]]:
    """All models of ours that hold fields, abstract ones included."""
    found = [each for each in base.__subclasses__() if each.__module__.startswith("generator.")]
    return [*found, *(inner for each in found for inner in models_of(each))]


RECORDS = ("generator.kinds", "generator.model.parts", "generator.model.evidence")
"""Where the models of records are; those of files about records, as the list of retired ids, are no kinds."""
IN_RECORDS = [model for model in models_of() if model.__module__.startswith(RECORDS)]
each_model = pytest.mark.parametrize("model", IN_RECORDS, ids=lambda model: model.__name__)


@each_model
def test_each_field_says_what_it_is_and_shows_an_example(model: type[Model]) -> None:
    fields = part_of(model).fields
    assert [field.name for field in fields if not (field.title and field.examples)] == []
    assert [field.name for field in fields if not field.what.endswith(".") or len(field.what) > 300] == []


@each_model
def test_each_example_is_accepted(model: type[Model]) -> None:
    hints = get_type_hints(model, include_extras=True)
    by_name = {info.alias or name: hints[name] for name, info in model.model_fields.items()}
    for field in part_of(model).fields:
        for example in field.examples:
            documents, problems = read({"programmes/x.yml": as_yaml(field.name, example)}, KINDS)
            assert problems == []
            TypeAdapter(by_name[field.name]).validate_python(documents[0].values[field.name])


SAY_IT_ALL = {Income}
"""Vocabularies whose labels say all: the groups of the World Bank have definitions of their own, which change."""
WRITTEN = [each for each in Vocabulary.__subclasses__() if each.__module__.startswith(RECORDS)]


@pytest.mark.parametrize("vocabulary", WRITTEN, ids=lambda vocabulary: vocabulary.__name__)
def test_each_word_of_a_vocabulary_is_defined(vocabulary: type[Vocabulary]) -> None:
    assert vocabulary in SAY_IT_ALL or [str(word) for word in vocabulary if not word.definition.endswith(".")] == []
