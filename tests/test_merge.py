"""`merge`: two records become one, references follow, and nothing that either said is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import HERE, base_files
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checking import Checked, collector_paused, look
from generator.editing.edits import values_of
from generator.editing.joining import merge
from generator.editing.records import Change
from generator.problems import Refused
from generator.read import read_folder

INTO = """id: water
name: Fund for water
start: 2010
countries: [CL]
reported_status: {state: active, sources: [s1]}
summary: A fund.
evidence:
  name: [s1]
  start: [s1]
  summary: editorial
sources:
  - {id: s1, title: On water, publisher: A, url: 'https://example.org/a', accessed: 2024-01-01}
"""
FROM = """# seen in the archive
id: lakes
aliases: [ponds]
name: Fund for water
acronym: FFW
start: 2011   # by the contract
countries: [CL, PE]
reported_status: {state: completed, sources: [s2]}
summary: A fund.
results:
  - {text: Ten lakes., sources: [s1, s2]}
evidence:
  name: [s2]
  start: {sources: [s1], unverified: true, note: By the contract.}
  summary: editorial
sources:
  - {id: s1, title: On lakes, publisher: B}
  - {id: s2, title: On water, publisher: A, url: 'https://example.org/a', accessed: 2025-01-01, language: es}
"""
THIRD = "id: third\nname: Third\nsummary: T.\nrelated: {programmes: [lakes, water]}\n"


def base(**more: str) -> Checked:
    named = {name.replace("__", "/").replace("_", "-") + ".yml": text for name, text in more.items()}
    return look({path: text.encode() for path, text in {**base_files(), **named}.items()})


def two(**more: str) -> Checked:
    return base(programmes__water=INTO, programmes__lakes=FROM, programmes__third=THIRD, **more)


def after(checked: Checked, change: Change) -> Checked:
    files = {**checked.files, **change.files}
    return look({path: data for path, data in files.items() if data is not None})


def test_where_they_differ_it_asks_which_is_right() -> None:
    with pytest.raises(Refused) as told:
        merge(two(), "lakes", "water")
    assert str(told.value) == (
        "Nothing was changed: 'lakes' and 'water' say different things:\n"
        "  start\n    water: 2010\n    lakes: 2011\n"
        "  reported_status\n    water: state active\n    lakes: state completed\n"
        "Make them the same, or say which side is right with --keep INTO or --keep FROM; what the other said is "
        "then noted under `disagreements`."
    )


def test_the_side_that_is_kept_wins_and_the_other_is_noted() -> None:
    checked = two()
    change = merge(checked, "lakes", "water", "into")
    assert (
        (change.files["programmes/water.yml"] or b"").decode()
        == """id: water
aliases: [lakes, ponds]
name: Fund for water
acronym: FFW
start: 2010
countries: [CL, PE]
reported_status: {state: active, sources: [s1]}
summary: A fund.
results: [{text: Ten lakes., sources: [s2, s1]}]
evidence:
  name: [s1]
  start: [s1]
  summary: editorial
disagreements:
  - about: start
    text: 'The record that was merged into this one had: 2011 (not verified). Its note: By the contract.'
    sources: [s2]
  - about: reported_status
    text: 'The record that was merged into this one had: state completed'
    sources: [s1]
sources:
  - {id: s1, title: On water, publisher: A, url: 'https://example.org/a', language: es, accessed: 2025-01-01}
  - {id: s2, title: On lakes, publisher: B}
# From lakes:
# seen in the archive
# by the contract
"""
    )
    assert change.files["programmes/lakes.yml"] is None
    assert change.files["programmes/third.yml"] == THIRD.replace("[lakes, water]", "[water]").encode()
    assert "\n".join(change.said) == (
        "The programme 'lakes' is part of 'water' now; its id leads there as a former id.\n"
        "  content/programmes/water.yml holds what both said\n"
        "  content/programmes/lakes.yml is gone\n"
        "1 reference was rewritten:\n"
        "  content/programmes/third.yml: 1"
    )
    found = after(checked, change)
    assert found.problems == ()
    assert found.catalogue.find("programme", "ponds").id == "water"


def test_the_record_that_goes_may_be_the_one_that_is_right() -> None:
    checked = two()
    found = after(checked, merge(checked, "lakes", "water", "from"))
    record = found.catalogue.records["programme"]["water"]
    assert found.problems == ()
    assert str(record.start) == "2011"  # type: ignore[attr-defined]
    assert record.evidence["start"].unverified  # type: ignore[index]
    assert [str(each.text) for each in record.disagreements] == [
        "This record had, before another was merged into it: 2010",
        "This record had, before another was merged into it: state active",
    ]


def test_entries_of_one_file_are_merged_in_it() -> None:
    checked = base(organisations=base_files()["organisations.yml"] + "  other: {name: Other, evidence: {name: [s1]}}\n")
    change = merge(checked, "fiiapp", "other", "into")
    found = after(checked, change)
    assert found.problems == ()
    assert found.catalogue.find("organisation", "fiiapp").id == "other"
    assert found.catalogue.find("organisation", "fiiapp").acronym == "FIIAPP"
    assert found.catalogue.records["organisation"]["fiiapp-lima"].part_of == "other"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("source", "into", "told"),
    [
        ("lakes", "lakes", "A record is not merged into itself"),
        ("lakes", "fiiapp", "'lakes' is a programme and 'fiiapp' an organisation: they stay two."),
        ("CL", "PE", "they stay two"),
        ("EU", "CAN", "'EU' stays"),
        ("about/index", "index", "Pages are prose"),
        ("fiiapp-lima", "fiiapp", "it would name itself"),
        ("nobody", "lakes", "There is no record 'nobody'"),
    ],
)
def test_what_may_not_be_is_refused_with_the_reason(source: str, into: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        merge(two(), source, into, "into")
    assert told in str(refused.value)


REAL = look(read_folder(HERE.parent / "content")[0])
PROGRAMMES = st.sampled_from(sorted(REAL.catalogue.records["programme"]))


def texts_in(value: Any, key: str = "") -> Iterator[str]:
    """All texts of plain values, but for ids of sources and days of reading."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("id", "accessed", "evidence"):
                yield from texts_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner, key)
    elif isinstance(value, str) and key != "sources":
        yield " ".join(value.split())


@settings(max_examples=12)
@given(PROGRAMMES, PROGRAMMES, st.sampled_from(["into", "from"]))
def test_nothing_that_either_said_is_lost(source: str, into: str, keep: str) -> None:
    try:
        with collector_paused():
            change = merge(REAL, f"programme/{source}", f"programme/{into}", keep)
            found = after(REAL, change)
    except Refused as refused:
        reason = str(refused)
        change = None
    if change is None:
        expected = ("would name itself", "end-before-start", "not merged into itself")
        assert any(each in reason for each in expected), reason
        return
    assert found.problems == ()
    made = values_of((change.files[f"programmes/{into}.yml"] or b"").decode())
    told = "\n".join(texts_in(made)).replace("\\", "")
    for name in (source, into):
        old = values_of(bytes(REAL.files[f"programmes/{name}.yml"]).decode())  # type: ignore[arg-type]
        assert [text for text in texts_in(old) if text.replace("\\", "") not in told] == []
