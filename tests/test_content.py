"""The real content: no problems, the status it should have, and the look of a careful person's files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import HERE, TODAY
from pydantic import BaseModel

from generator.build import tree_of
from generator.checking import check
from generator.derive import derive
from generator.derive.status import Status
from generator.editing.style import formatted
from generator.kinds import KINDS
from generator.model.catalogue import Catalogue
from generator.model.document import Document
from generator.model.evidence import field_order
from generator.model.walk import walk
from generator.read import kind_of, read, read_folder
from generator.render import Site

CONTENT = HERE.parent / "content"
FILES, FAULTS = read_folder(CONTENT)
TEXTS = {path: data.decode() for path, data in FILES.items()}
WIDEST = 120

STATUS = {
    "eu-mexico-global-agreement": "in-force",
    "eu-mexico-modernised-global-agreement": "signed",
    "eu-mexico-interim-trade-agreement": "signed",
    "eu-chile-association-agreement": "in-force",
    "eu-chile-advanced-framework-agreement": "provisionally-applied",
    "eu-chile-interim-trade-agreement": "in-force",
    "eu-colombia-peru-ecuador-trade-agreement": "in-force",
    "eu-andean-community-pdca-2003": "signed",
    "eu-central-america-association-agreement": "in-force",
    "eu-central-america-pdca-2003": "superseded",
    "cariforum-eu-epa": "provisionally-applied",
    "cotonou-agreement": "superseded",
    "samoa-agreement": "provisionally-applied",
    "lome-conventions": "superseded",
    "eu-eba-haiti": "in-force",
    "eu-gsp-plus-bolivia": "in-force",
    "eu-cuba-pdca": "provisionally-applied",
    "eu-mercosur-framework-agreement": "in-force",
    "eu-mercosur-partnership-agreement": "signed",
    "eu-mercosur-interim-trade-agreement": "provisionally-applied",
}
"""What those who gathered the facts wrote for 2026-11-23, by reading; here it is computed from the steps."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return check(FILES)[0]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return read(FILES, KINDS)[0]


def test_the_content_has_no_problems() -> None:
    assert "\n".join(map(str, [*FAULTS, *check(FILES)[1]])) == ""


def test_the_computed_status_of_every_agreement_is_the_one_that_its_gatherers_read(catalogue: Catalogue) -> None:
    standings = derive(catalogue, TODAY).standings
    found = {id: str(standings["agreement", id].status.value) for id in catalogue.records["agreement"]}
    assert found == STATUS


def test_every_programme_agreement_and_dialogue_has_a_status(catalogue: Catalogue) -> None:
    standings = derive(catalogue, TODAY).standings
    for kind in ("programme", "agreement", "dialogue"):
        for id in catalogue.records[kind]:
            assert isinstance(standings[kind, id].status, Status), (kind, id)


# -- no leftovers of the conversion

LEFTOVER = re.compile(r"\b[Ss]eed\b|\b000_|\bTODO\b|\bFIXME\b|\.\./shared|\bfacts/")


def test_no_trace_of_the_conversion_is_left_in_the_content() -> None:
    assert [path for path, text in TEXTS.items() if LEFTOVER.search(text) or LEFTOVER.search(path)] == []


def test_no_trace_of_the_conversion_is_left_in_what_leaves(catalogue: Catalogue) -> None:
    tree = tree_of(catalogue, derive(catalogue, TODAY), Site())
    texts = {path: text if isinstance(text, str) else text.decode("latin-1") for path, text in tree.items()}
    assert [path for path, text in texts.items() if LEFTOVER.search(text) or LEFTOVER.search(path)] == []


# -- the files look written by a careful person


@pytest.mark.parametrize("path", [path for path in TEXTS if path.endswith(".yml")])
def test_no_line_is_over_wide_where_it_could_be_folded(path: str) -> None:
    """Addresses and names cannot be folded everywhere; all else can."""
    lines = TEXTS[path].splitlines()
    wide = [f"{n}: {line}" for n, line in enumerate(lines, 1) if len(line) > WIDEST and not _is_one_word_or_name(line)]
    assert wide == []


def _is_one_word_or_name(line: str) -> bool:
    """An address stands alone on its line; a name is one line in the pages that show it."""
    return bool(re.fullmatch(r"\s*(- )?([a-z_]+: )?\S+", line) or re.match(r"\s*(- )?(name|title|short_name): ", line))


@pytest.mark.parametrize("path", sorted(TEXTS))
def test_a_file_has_no_trailing_blanks_or_tabs_and_ends_with_one_line_end(path: str) -> None:
    text = TEXTS[path]
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\t" not in text
    assert "\r" not in text
    assert [n for n, line in enumerate(text.split("\n"), 1) if line != line.rstrip()] == []


def test_keys_stand_in_the_order_of_the_model(documents: list[Document], catalogue: Catalogue) -> None:
    wrong = [
        f"{document.path} {document.id} {where}: {', '.join(found)}; wanted {', '.join(wanted)}"
        for document in documents
        for where, found, wanted in _out_of_order(document.values, catalogue.records[document.kind][document.id], "")
    ]
    assert "\n".join(wrong) == ""


def _out_of_order(values: Any, made: Any, where: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Mappings of a record as written whose keys are not in the order of the model that they became."""
    if isinstance(made, BaseModel) and isinstance(values, dict):
        names = {field.alias or name: name for name, field in type(made).model_fields.items()}
        order = {name: position for position, name in enumerate(field_order(type(made)))}
        found = [key for key in values if names.get(key, key) in order]
        wanted = sorted(found, key=lambda key: order[names.get(key, key)])
        if found != wanted:
            yield where or "the record", found, wanted
        for key in found:
            yield from _out_of_order(values[key], getattr(made, names.get(key, key)), f"{where}.{key}".strip("."))
    elif isinstance(made, tuple) and isinstance(values, list):
        for number, (value, item) in enumerate(zip(values, made, strict=True)):
            yield from _out_of_order(value, item, f"{where}[{number}]")
    elif isinstance(made, dict) and isinstance(values, dict):
        for key, item in made.items():
            yield from _out_of_order(values.get(key), item, f"{where}.{key}")


@pytest.mark.parametrize("path", sorted(set(FILES) - {"format.yml"}))
def test_every_file_is_in_the_one_style(path: str) -> None:
    kind = kind_of(path, KINDS)
    assert kind
    assert formatted(FILES[path], kind) == TEXTS[path], "run: catalogue fmt"


def test_no_value_is_empty(documents: list[Document]) -> None:
    """A field that the kind asks for may hold an empty list: nobody knows which countries these are."""
    models = {kind.name: kind.model.model_fields for kind in KINDS}
    found = [
        f"{document.path} {document.id} {key} {where}"
        for document in documents
        for key, value in document.values.items()
        if not (value == [] and models[document.kind][key].is_required())
        for where in _empty(value, "")
    ]
    assert found == []


def _empty(value: Any, where: str) -> Iterator[str]:
    if value is None or (isinstance(value, str | list | dict) and not value):
        yield where
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _empty(inner, f"{where}.{key}".strip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _empty(inner, f"{where}[{number}]")


def test_every_country_that_is_named_has_a_record(catalogue: Catalogue) -> None:
    for kind in catalogue.kinds:
        for record in catalogue.of(kind.name):
            for path, value in walk(record):
                if "country" in getattr(value, "kinds", ()):
                    assert catalogue.party(str(value)), (kind.name, record.id, path)
