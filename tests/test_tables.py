"""The catalogue as tables: nothing is lost, nothing runs, and validators that are not ours find no fault."""

from __future__ import annotations

import csv
import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import pytest
from conftest import TODAY, base_files, catalogue_of
from csvw import CSVW
from hypothesis import given, settings
from hypothesis import strategies as st
from readback import csv_rows, read_back, records_of
from standards import standard
from strategies import drawn_files, texts
from tables_fixture import Published

from generator.derive import derive
from generator.export.tables import tables
from generator.export.tables.rfc4180 import as_csv, guarded, unguarded
from generator.export.tables.shapes import Column, Role, Table, Type
from generator.kinds import KINDS
from generator.model.catalogue import Catalogue


@pytest.fixture(scope="module")
def catalogue(published: Published) -> Catalogue:
    return published.catalogue


@pytest.fixture(scope="module")
def made(published: Published) -> tuple[Table, ...]:
    return published.tables


@pytest.fixture(scope="module")
def folder(published: Published) -> Path:
    return published.folder


def texts_of(made: tuple[Table, ...]) -> dict[str, str]:
    return {table.name: as_csv(table) for table in made}


# -- nothing is lost


def test_what_is_read_back_from_csv_is_the_catalogue(catalogue: Catalogue, made: tuple[Table, ...]) -> None:
    assert read_back(made, catalogue, csv_rows(texts_of(made))) == records_of(catalogue)


@settings(max_examples=25)
@given(drawn_files(KINDS))
def test_any_record_is_read_back_from_csv(files: dict[str, str]) -> None:
    catalogue = catalogue_of(files)
    made = tables(catalogue, derive(catalogue, TODAY))
    assert read_back(made, catalogue, csv_rows(texts_of(made))) == records_of(catalogue)


# -- the shape of tables


def test_every_kind_and_every_list_has_a_table(made: tuple[Table, ...]) -> None:
    names = {table.name for table in made}
    assert {table.kind for table in made if not table.path} >= {kind.name for kind in KINDS if kind.name != "page"}
    assert names >= set(
        "agreements agreement_events agreement_parties programme_phases programme_budget programme_activities"
        " programme_results programme_participants programme_countries dialogue_outcomes group_members"
        " group_members_countries border_area_value_chains sources facts fact_sources statuses records".split()
    )
    assert len(names) == len(made)


def test_columns_have_names_of_their_own_and_say_what_they_are(made: tuple[Table, ...]) -> None:
    for table in made:
        assert len(set(table.names)) == len(table.names), table.name
        assert all(column.title and column.what for column in table.columns), table.name
        assert all(len(row) == len(table.columns) for row in table.rows), table.name


def test_keys_are_unique_and_lead_to_rows(made: tuple[Table, ...]) -> None:
    by_name = {table.name: table for table in made}

    def keys(table: Table, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
        positions = [table.names.index(name) for name in columns]
        return [tuple(row[position] for position in positions) for row in table.rows]

    for table in made:
        own = keys(table, table.key)
        assert len(set(own)) == len(own), table.name
        for foreign in table.foreign:
            there = set(keys(by_name[foreign.table], foreign.to))
            loose = {key for key in keys(table, foreign.columns) if None not in key} - there
            assert not loose, (table.name, foreign)


def test_codes_have_labels_and_ids_have_names(made: tuple[Table, ...]) -> None:
    for table in made:
        for column in table.columns:
            if column.words and column.role is Role.VALUE and column.name not in ("kind", "party_kind"):
                assert f"{column.name}_label" in table.names, (table.name, column.name)
    agreements = {table.name: table for table in made}["agreements"]
    row = next(dict(zip(agreements.names, row, strict=True)) for row in agreements.rows if row[0] == "eu-cuba-pdca")
    assert (row["type"], row["type_label"]) == ("cooperation-agreement", "Political dialogue and cooperation agreement")
    assert (row["parties"], row["parties_names"]) == ("EU,CU", "European Union; Cuba")


def test_partial_dates_have_bounds_and_ends_say_what_is_known() -> None:
    end = {"a": "end: 2016-05", "b": "end: ..", "c": "", "d": "end: 201X~"}
    files = base_files() | {
        f"programmes/{id}.yml": f"id: {id}\nname: N\nsummary: S.\nstart: 2012\n{line}\nevidence:\n"
        f"  start: [s1]\n  {'end: [s1]' if line else 'name: [s1]'}\n"
        "sources:\n  - {id: s1, title: T, publisher: P}\n"
        for id, line in end.items()
    }
    catalogue = catalogue_of(files)
    table = {each.name: each for each in tables(catalogue, derive(catalogue, TODAY))}["programmes"]
    columns = [table.names.index(name) for name in ("id", "end", "end_earliest", "end_latest", "end_ending")]
    found = {row[0]: tuple(str(row[n]) for n in columns[1:]) for row in table.rows if row[0] in end}
    assert found == {
        "a": ("2016-05", "2016-05-01", "2016-05-31", "dated"),
        "b": ("..", "None", "None", "open"),
        "c": ("None", "None", "None", "unknown"),
        "d": ("201X~", "2010-01-01", "2019-12-31", "dated"),
    }


# -- CSV


def test_csv_keeps_to_rfc_4180(published: Published) -> None:
    for path, text in published.files.items():
        if isinstance(text, str) and path.endswith(".csv"):
            assert not text.startswith("\ufeff")
            assert text.endswith("\r\n")
            assert "\r" not in text.replace("\r\n", "")
            rows = list(csv.reader(StringIO(text, newline=""), strict=True))
            assert {len(row) for row in rows} == {len(rows[0])}


FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "'=1", "''-1", "＝1", "- a\n- b", '=HYPERLINK("x")')


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_run_as_a_formula_cannot(text: str) -> None:
    table = Table("t", "T", "T.", (Column("a", "A"),), ("a",), ((text,),))
    [_, [cell]] = csv.reader(StringIO(as_csv(table), newline=""))
    assert cell == f"'{text}"
    assert unguarded(cell) == text


@given(texts() | st.text() | st.sampled_from(FORMULAS))
def test_a_guard_can_be_taken_away(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in set("=+-@\t\r")


def test_numbers_and_days_are_not_guarded() -> None:
    column = Column("a", "A", Type.NUMBER)
    table = Table("t", "T", "T.", (column,), ("a",), ((-5,),))
    assert as_csv(table) == "a\r\n-5\r\n"


# -- Data Package


def test_frictionless_finds_all_tables_valid(folder: Path, made: tuple[Table, ...]) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["taskName", "rowNumber", "fieldName", "message"])[:20]
    assert report.stats["tasks"] == len(made)


def test_frictionless_would_see_a_reference_that_leads_nowhere(folder: Path, tmp_path: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
        data = (folder / resource["path"]).read_bytes()
        if resource["name"] == "agreement_parties":
            data = data.replace(b",country,CL,", b",country,XX,")
        (tmp_path / resource["path"]).parent.mkdir(exist_ok=True)
        (tmp_path / resource["path"]).write_bytes(data)
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {each[0] for each in report.flatten(["type"])} == {"foreign-key"}


def test_the_descriptor_is_a_data_package_2_0(folder: Path) -> None:
    schema = standard("jsonschema/datapackage-2.0/datapackage.json", "that datapackage.json is a Data Package 2.0")
    found = json.loads((folder / "datapackage.json").read_text("utf-8"))
    validator = jsonschema.Draft7Validator(json.loads(schema.read_text("utf-8")))
    assert [error.message[:200] for error in validator.iter_errors(found)] == []


def test_the_descriptor_says_size_and_sum_of_each_file(folder: Path) -> None:
    for resource in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]:
        assert (folder / resource["path"]).stat().st_size == resource["bytes"]


# -- CSV on the Web


def test_csvw_finds_all_tables_valid(folder: Path, made: tuple[Table, ...]) -> None:
    found = CSVW(str(folder / "tables" / "csv-metadata.json"), validate=True)
    assert found.is_valid, [str(warning.message)[:200] for warning in found.warnings]
    assert len(found.tablegroup.tables) == len(made)


def test_csvw_would_see_a_word_that_may_not_stand_there(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "tables", tmp_path / "tables")
    path = tmp_path / "tables" / "agreements.csv"
    path.write_bytes(path.read_bytes().replace(b",trade-agreement,", b",barter,"))
    with pytest.raises(ValueError, match="barter"):
        assert CSVW(str(tmp_path / "tables" / "csv-metadata.json"), validate=True).is_valid


def test_names_in_one_cell_can_be_told_apart() -> None:
    unusual = "unverified: ['budget.EU, total', name]"
    files = base_files() | {
        "programmes/x.yml": "id: x\nname: X\nsummary: S.\nphases:\n  - name: P\n    budget:\n"
        f"      - {{amount: 5, currency: EUR, basis: budget, label: 'EU, total'}}\n    {unusual}\n"
        "evidence: {name: editorial}\n"
    }
    catalogue = catalogue_of(files)
    made = tables(catalogue, derive(catalogue, TODAY))
    phases = next(table for table in made if table.name == "programme_phases")
    assert [row[-1] for row in phases.rows if row[0] == "x"] == ["budget.EU%2C total,name"]
    assert read_back(made, catalogue, csv_rows(texts_of(made))) == records_of(catalogue)
