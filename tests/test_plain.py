"""A record as plain values: nothing is lost, and nothing is said that the record does not say."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from conftest import HERE, base_files, catalogue_of
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import record_from, with_own_sources
from strategies import file_of, id_of, numbers, records

from generator.checking import check
from generator.export.plain import APART, disagreements, evidence, number, plain, sources
from generator.kinds import KINDS
from generator.model.catalogue import Catalogue
from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.read import read_folder


@cache
def content() -> Catalogue:
    return catalogue_of(read_folder(HERE.parent / "content")[0])


def read_back(kind: Kind, record: Record) -> Record:
    """The record that its plain values give, after a journey through JSON."""
    told = json.loads(json.dumps([plain(record), evidence(record), disagreements(record), sources(record)]))
    return record_from(
        kind, record.id, told[0], aliases=record.aliases, evidence=told[1], disagreements=told[2], cited=told[3]
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_record_of_the_content_reads_back_equal(kind: Kind) -> None:
    for record in content().of(kind.name):
        assert read_back(kind, record) == with_own_sources(record)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_publication_is_lost(kind: Kind) -> None:
    """What each record cites is, taken together, all that its file lists."""
    listed = {source for record in content().of(kind.name) for source in record.sources}
    told = {source for record in content().of(kind.name) for source in with_own_sources(record).sources}
    assert told == listed


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_any_record_that_passes_reads_back_equal(kind: Kind) -> None:
    @settings(max_examples=20)
    @given(records(kind))
    def draw(fields: dict[str, Any]) -> None:
        catalogue, problems = check(file_of(kind, id_of(kind), fields)(base_files()))
        record = None if problems else catalogue.find(kind.name, id_of(kind))
        assert record is None or read_back(kind, record) == with_own_sources(record)

    draw()


@given(numbers())
def test_a_number_is_exact_in_every_program(text: str) -> None:
    told = json.loads(json.dumps(number(Decimal(text))), parse_int=float)
    assert (Decimal(told) if isinstance(told, str) else Decimal(repr(told))) == Decimal(text)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("26000000", 26000000),
        ("26000000.00", 26000000),
        ("2.50", 2.5),
        ("0.1", 0.1),
        ("0.000001", 0.000001),
        ("-0", 0),
        ("9007199254740993", "9007199254740993"),
        ("99999999999999999.5", "99999999999999999.5"),
    ],
)
def test_numbers_are_numbers_where_no_program_rounds_them(written: str, told: object) -> None:
    assert repr(number(Decimal(written))) == repr(told)


@given(st.sampled_from(KINDS))
def test_what_every_record_has_stands_apart(kind: Kind) -> None:
    assert not [name for record in content().of(kind.name) for name in plain(record) if name in APART]


def event(**fields: object) -> dict[str, Any]:
    agreement = {"id": "x", "name": "X", "type": "trade-agreement", "parties": ["EU", "CL"], "summary": "Text."}
    step = {"date": "2020", "event": "signed", "note": "Text.", **fields}
    record = next(kind for kind in KINDS if kind.name == "agreement").model.model_validate(
        {**agreement, "events": [step]}
    )
    return plain(record)["events"][0]  # type: ignore[index, call-overload, return-value]


def test_who_is_not_named_is_said_and_who_is_left_out_too() -> None:
    """`parties: unnamed` is not the same as all parties; `except` is the word in the record."""
    assert event(parties="unnamed")["parties"] == "unnamed"
    assert event(parties=["CL"])["parties"] == ["CL"]
    assert "parties" not in event()
    assert event(**{"except": ["CL"]})["except"] == ["CL"]


def test_the_order_is_that_of_the_model() -> None:
    assert list(event(place="Lima")) == ["date", "event", "place", "note"]


def test_what_no_source_says_of_a_table_s_record_is_not_among_its_sources() -> None:
    catalogue = catalogue_of(base_files())
    cited = {str(record.id): [each["id"] for each in sources(record)] for record in catalogue.of("figure")}
    assert any(len(ids) < len(catalogue.of("figure")[0].sources) for ids in cited.values())
