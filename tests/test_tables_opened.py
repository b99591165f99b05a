"""The tables opened as their users open them: SQLite, pandas, a workbook. Two questions are answered rightly."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pandas
import pytest
from conftest import TODAY, catalogue_of
from hypothesis import given, settings
from questions import BORDERS, BORDERS_THEME, CHILE_2010, bound, committed
from readback import read_back, records_of
from strategies import drawn_files
from tables_fixture import ADDRESS, Published

from generator.derive import Views, derive
from generator.export.tables import tables
from generator.export.tables.database import APPLICATION, VERSION, VIEWS, as_sqlite
from generator.export.tables.rfc4180 import as_csv, unguarded
from generator.export.tables.shapes import Column, Role, Table, Type
from generator.export.tables.workbook import as_workbook, sheet_names
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


@pytest.fixture(scope="module")
def views(published: Published) -> Views:
    return published.views


def opened(data: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    return connection


def rows_of(connection: sqlite3.Connection) -> Any:
    def rows(table: Table) -> list[tuple[Any, ...]]:
        names = ", ".join(f'"{name}"' for name in table.names)
        return connection.execute(f'SELECT {names} FROM "{table.name}"').fetchall()

    return rows


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file, read only, as a user opens it."""
    connection = sqlite3.connect(f"file:{folder / 'catalogue.sqlite'}?mode=ro", uri=True)
    yield connection
    connection.close()


# -- SQLite


def test_what_is_read_back_from_sqlite_is_the_catalogue(
    catalogue: Catalogue, made: tuple[Table, ...], database: sqlite3.Connection
) -> None:
    assert read_back(made, catalogue, rows_of(database)) == records_of(catalogue)


@settings(max_examples=20)
@given(drawn_files(KINDS))
def test_any_record_is_read_back_from_sqlite(files: dict[str, str]) -> None:
    catalogue = catalogue_of(files)
    made = tables(catalogue, derive(catalogue, TODAY))
    connection = opened(as_sqlite(made))
    assert read_back(made, catalogue, rows_of(connection)) == records_of(catalogue)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_database_is_sound_and_says_whose_it_is(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_a_key_that_leads_nowhere_would_be_seen(made: tuple[Table, ...]) -> None:
    connection = opened(as_sqlite(made))
    connection.execute("UPDATE agreement_events SET agreement = 'nobody' WHERE position = 1")
    assert {row[0] for row in connection.execute("PRAGMA foreign_key_check")} == {"agreement_events"}


def test_every_view_has_rows_and_no_column_twice(database: sqlite3.Connection) -> None:
    for view in VIEWS:
        found = database.execute(f"SELECT * FROM {view}")
        names = [column[0] for column in found.description]
        assert len(set(names)) == len(names), view
        assert found.fetchone() is not None, view
    money = database.execute("SELECT kind, count(*) FROM v_money GROUP BY kind").fetchall()
    assert {"programme", "figure"} <= {kind for kind, _ in money}


def test_numbers_are_kept_to_the_last_digit() -> None:
    numbers = ("5", "-0", "2.5", "66000000.50", "100000000000000000.25", "123456789012345678")
    column = Column("a", "A", Type.NUMBER, role=Role.KEY)
    rows = tuple((Decimal(number),) for number in numbers)
    found = opened(as_sqlite([Table("t", "T", "T.", (column,), ("a",), rows)])).execute("SELECT a FROM t").fetchall()
    assert [Decimal(str(cell)) for (cell,) in found] == [Decimal(number) for number in numbers]


# -- the same bytes


def test_two_builds_give_the_same_bytes(catalogue: Catalogue, made: tuple[Table, ...], views: Views) -> None:
    again = tables(catalogue, derive(catalogue, TODAY), ADDRESS)
    assert again == made
    assert as_sqlite(again) == as_sqlite(made)
    assert as_workbook(again, TODAY, "N", ADDRESS) == as_workbook(made, TODAY, "N", ADDRESS)


def test_no_file_carries_the_time_of_the_build(folder: Path) -> None:
    with ZipFile(folder / "catalogue.xlsx") as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-11-23T00:00:00Z" in archive.read("docProps/core.xml")
    assert (folder / "catalogue.sqlite").read_bytes()[96:100] == bytes(4)


# -- pandas

PANDAS = {"integer": "Int64", "number": "float64", "boolean": "boolean", "string": "string", "date": "string"}


def frame_of(folder: Path, resource: dict[str, Any]) -> pandas.DataFrame:
    """A table as the descriptor says that it is to be read: only empty cells are missing, NA is Namibia."""
    fields = resource["schema"]["fields"]
    frame = pandas.read_csv(
        folder / resource["path"],
        dtype={field["name"]: PANDAS[field["type"]] for field in fields},
        true_values=["true"],
        false_values=["false"],
        keep_default_na=False,
        na_values=[""],
    )
    for field in fields:
        if field["type"] == "date":
            frame[field["name"]] = frame[field["name"]].map(date.fromisoformat, na_action="ignore")
    return frame


@pytest.fixture(scope="module")
def frames(folder: Path) -> dict[str, pandas.DataFrame]:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return {resource["name"]: frame_of(folder, resource) for resource in package["resources"]}


def test_pandas_reads_each_table_with_the_types_of_the_descriptor(
    frames: dict[str, pandas.DataFrame], made: tuple[Table, ...]
) -> None:
    for table in made:
        frame = frames[table.name]
        assert (tuple(frame.columns), len(frame)) == (table.names, len(table.rows))
        for position, column in enumerate(table.columns):
            if column.required:
                assert frame[column.name].notna().all(), (table.name, column.name)
            if column.type is Type.DAY:
                wanted = [row[position] for row in table.rows]
                assert [None if pandas.isna(cell) else cell for cell in frame[column.name]] == wanted


@settings(max_examples=8)
@given(drawn_files(KINDS))
def test_pandas_reads_any_text_as_it_was_written(files: dict[str, str]) -> None:
    catalogue = catalogue_of(files)
    for table in tables(catalogue, derive(catalogue, TODAY)):
        frame = pandas.read_csv(StringIO(as_csv(table), newline=""), dtype="string", keep_default_na=False)
        for position, column in enumerate(table.columns):
            if column.type is Type.TEXT:
                assert [unguarded(cell) for cell in frame[column.name]] == [row[position] or "" for row in table.rows]


# -- two questions


def test_which_agreements_bound_chile_in_2010(
    catalogue: Catalogue, views: Views, database: sqlite3.Connection, frames: dict[str, pandas.DataFrame]
) -> None:
    assert bound(catalogue, views, "CL", 2010) == CHILE_2010
    found = database.execute(
        "SELECT DISTINCT agreement FROM v_agreement_parties_history WHERE party = 'CL' AND binds"
        " AND since_latest <= '2010-12-31' AND (until IS NULL OR until_earliest > '2010-01-01')"
    )
    assert {agreement for (agreement,) in found} == CHILE_2010
    all_of_them = frames["statuses"]
    rows = all_of_them[(all_of_them.kind == "agreement") & (all_of_them.party == "CL")]
    rows = rows[rows.status.isin(["provisionally-applied", "in-force"])]
    begun = rows.since_latest.map(lambda day: day <= date(2010, 12, 31))
    not_over = rows.until_earliest.isna() | rows.until_earliest.map(
        lambda day: pandas.notna(day) and day > date(2010, 1, 1)
    ).astype(bool)
    assert set(rows[begun & not_over].record) == CHILE_2010


@pytest.mark.parametrize(("party", "year"), [("HT", 2010), ("PE", 2013), ("EC", 2016), ("MX", 2001), ("CU", 2018)])
def test_others_are_answered_as_the_models_do(
    party: str, year: int, catalogue: Catalogue, views: Views, database: sqlite3.Connection
) -> None:
    found = database.execute(
        "SELECT DISTINCT agreement FROM v_agreement_parties_history WHERE party = ? AND binds"
        " AND (since IS NULL OR since_latest <= ?) AND (until IS NULL OR until_earliest > ?)",
        (party, f"{year}-12-31", f"{year}-01-01"),
    )
    assert {agreement for (agreement,) in found} == bound(catalogue, views, party, year)


def test_how_much_was_committed_to_programmes_on_borders(
    catalogue: Catalogue, database: sqlite3.Connection, frames: dict[str, pandas.DataFrame]
) -> None:
    assert committed(catalogue, BORDERS_THEME) == BORDERS
    found = database.execute(
        "SELECT currency, basis, sum(amount) FROM v_money WHERE kind = 'programme' AND part_of IS NULL AND record IN"
        " (SELECT record FROM programme_themes WHERE theme = 'cross-border-cooperation') GROUP BY currency, basis"
    )
    assert {(currency, basis): amount for currency, basis, amount in found} == BORDERS
    themes, budget = frames["programme_themes"], frames["programme_budget"]
    wanted = themes[themes.theme == "cross-border-cooperation"].record
    rows = budget[budget.record.isin(wanted) & budget.part_of.isna()]
    assert rows.groupby(["currency", "basis"]).amount.sum().to_dict() == BORDERS


# -- the workbook


@pytest.fixture(scope="module")
def book(folder: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(folder / "catalogue.xlsx")


def test_every_sheet_has_its_rows_a_frozen_header_and_filters(book: openpyxl.Workbook, made: tuple[Table, ...]) -> None:
    shown = [table for table in made if not table.is_link]
    names = sheet_names(shown)
    assert book.sheetnames == ["About", *(names[table.name] for table in shown)]
    for table in shown:
        sheet = book[names[table.name]]
        assert tuple(cell.value for cell in sheet[1]) == table.names
        assert sheet.max_row == len(table.rows) + 1
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_the_first_sheet_explains_every_column(book: openpyxl.Workbook, made: tuple[Table, ...]) -> None:
    told = {(row[0], row[1]) for row in book["About"].iter_rows(values_only=True)}
    shown = [table for table in made if not table.is_link]
    names = sheet_names(shown)
    assert {(names[table.name], name) for table in shown for name in table.names} <= told


def test_cells_have_types(book: openpyxl.Workbook) -> None:
    events = [dict(zip([c.value for c in book["agreement_events"][1]], row, strict=True))
              for row in book["agreement_events"].iter_rows(min_row=2, values_only=True)]  # fmt: skip
    epa = [row for row in events if row["record"] == "cariforum-eu-epa"]
    assert (epa[0]["date"].date(), epa[0]["date_latest"].date()) == (date(2002, 6, 12), date(2002, 6, 12))
    assert (epa[1]["date"], epa[1]["date_earliest"].date(), epa[1]["date_latest"].date()) == (
        "2002-09", date(2002, 9, 1), date(2002, 9, 30),
    )  # fmt: skip
    assert type(epa[0]["position"]) is int
    money = book["programme_budget"]
    amount = [cell.value for cell in money[1]].index("amount")
    assert {type(row[amount]) for row in money.iter_rows(min_row=2, values_only=True)} <= {int, float}


def test_no_cell_of_the_workbook_is_a_formula(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_text_like_a_formula_stays_a_text_as_it_is() -> None:
    texts = ("=1+1", "+1", "-1", "@SUM(1)", "{=1}", "https://example.org", "5", "x" * 300)
    rows = tuple((text,) for text in texts)
    table = Table("t", "T", "T.", (Column("a", "A", what="A."),), ("a",), rows)
    sheet = openpyxl.load_workbook(BytesIO(as_workbook([table], TODAY, "N", ADDRESS)))["t"]
    found = [(row[0].data_type, row[0].value) for row in sheet.iter_rows(min_row=2)]
    assert found == [("s", text) for text in texts]


def test_sheets_of_long_names_are_told_apart() -> None:
    tables = [Table(f"{'a' * 40}{n}", "T", "T.", (), (), ()) for n in range(3)]
    names = list(sheet_names(tables).values())
    assert len(set(names)) == 3
    assert max(map(len, names)) <= 31
