"""All tables in one workbook for spreadsheet programs: a sheet each, and a first one that explains the columns.

Texts are written as texts, so none can run as a formula. Tables of links are left out: their ids and names stand in
the cells of the sheets that they belong to. Whole days are real dates, where the program's calendar has them; a date
of which only the year or the month is known stays a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from generator.export.tables.shapes import Cell, Column, Role, Table, Type

LONGEST_NAME = 31
"""Letters that the name of a sheet may have."""
LONGEST_CELL = 32767
"""Letters that a cell may hold."""
DIGITS = 15
"""Digits that a spreadsheet program keeps of a number."""
FIRST_DAY = date(1900, 3, 1)
"""Before it spreadsheet programs count a day that never was."""
WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
EXPLAINED = "About"
WIDTHS = {Type.WHOLE: 10, Type.NUMBER: 16, Type.TRUTH: 10, Type.DAY: 12}
WIDE = 60
ROWS_MEASURED = 200


def as_workbook(tables: Iterable[Table], today: date, site: str, address: str) -> bytes:
    """The file of a workbook. The same tables on the same day give the same bytes."""
    shown = tuple(table for table in tables if not table.is_link)
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(made, options)
    day = datetime(today.year, today.month, today.day)
    book.set_properties({"title": site, "comments": f"As of {today.isoformat()}. {address}", "created": day})
    looks = {
        "head": book.add_format({"bold": True, "bg_color": "#E8EDF3", "bottom": 1, "text_wrap": False}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "link": book.add_format({"font_color": "#0B4F9E", "underline": 1}),
    }
    names = sheet_names(shown)
    _explain(book.add_worksheet(EXPLAINED), shown, names, looks, (site, address, today.isoformat()))
    for table in shown:
        _write(book.add_worksheet(names[table.name]), table, looks)
    book.close()
    _let_go(book)
    return made.getvalue()


def _let_go(book: Workbook) -> None:
    """Part the workbook from its sheets: they lead to one another, and no collector looks for that during a build."""
    for part in (*book.worksheets(), book):
        vars(part).clear()


def sheet_names(tables: Iterable[Table]) -> dict[str, str]:
    """The name of each table's sheet: its own, cut where it is too long."""
    names: dict[str, str] = {}
    for table in tables:
        name = table.name[:LONGEST_NAME]
        while name in names.values():
            name = f"{name[: LONGEST_NAME - 2]}_{len(names) % 10}"
        names[table.name] = name
    return names


ABOUT = (
    "Each sheet is a table. Row 1 names the columns; what they hold is told below, sheet by sheet.",
    "A date stands as the record writes it: a real date where the whole day is known, else a text (2012, 2012-06, "
    "199X; ~ about, ? uncertain). Columns that end in _earliest and _latest hold the first and last day it may mean.",
    "An empty cell says that nothing is stated. Several ids in one cell have commas between them.",
    "Sums of money of different basis are sums of different things: never add them up.",
    "Statuses are computed from the dates of the records for the day in as_of; they are stated by nobody.",
    "The same tables as CSV with a Data Package, and those of links one by one: api/v1/datapackage.json below the "
    "address of the site. Licence: Creative Commons Attribution 4.0 International (CC BY 4.0).",
)


def _explain(
    sheet: Worksheet,
    tables: tuple[Table, ...],
    names: Mapping[str, str],
    looks: Mapping[str, Any],
    told: tuple[str, ...],
) -> None:
    site, address, day = told
    sheet.write_string(0, 0, site, looks["title"])
    sheet.write_string(1, 0, f"As of {day}. {address}")
    for number, sentence in enumerate(ABOUT, 2):
        sheet.write_string(number, 0, sentence)
    top = len(ABOUT) + 3
    head = ("Sheet", "Column", "Title", "Holds", "What it is", "Words that may stand there")
    for position, word in enumerate(head):
        sheet.write_string(top, position, word, looks["head"])
    rows = [row for table in tables for row in _explained(table)]
    seen: set[str] = set()
    for number, (table, *cells) in enumerate(rows, top + 1):
        name = names[table]
        if table in seen:
            sheet.write_string(number, 0, name)
        else:
            sheet.write_url(number, 0, f"internal:'{name}'!A1", looks["link"], name)
        seen.add(table)
        for position, cell in enumerate(cells, 1):
            sheet.write_string(number, position, cell, looks["wrap"] if position >= 4 else None)
    sheet.autofilter(top, 0, top + len(rows), len(head) - 1)
    for position, width in enumerate((30, 26, 30, 14, 70, 50)):
        sheet.set_column(position, position, width)


def _explained(table: Table) -> Iterable[tuple[str, ...]]:
    yield table.name, "", table.title, f"{len(table.rows)} rows", table.what, ""
    for column in table.columns:
        holds = "date or text" if column.role is Role.WRITTEN_DATE else HOLDS[column.type]
        yield table.name, column.name, column.title, holds, column.what, ", ".join(column.words)


HOLDS = {Type.TEXT: "text", Type.WHOLE: "whole number", Type.NUMBER: "number", Type.TRUTH: "TRUE or FALSE",
         Type.DAY: "day"}  # fmt: skip


def _write(sheet: Worksheet, table: Table, looks: Mapping[str, Any]) -> None:
    for position, column in enumerate(table.columns):
        sheet.write_string(0, position, column.name, looks["head"])
        sheet.set_column(position, position, _width(table, position, column))
    for number, row in enumerate(table.rows, 1):
        for position, cell in enumerate(row):
            _put(sheet, number, position, cell, table.columns[position], looks["day"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)


def _put(sheet: Worksheet, number: int, position: int, cell: Cell, column: Column, day: Any) -> None:
    value = _day(cell) if column.role is Role.WRITTEN_DATE else cell
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(number, position, value)
    elif isinstance(value, date) and value >= FIRST_DAY:
        sheet.write_datetime(number, position, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) <= DIGITS:
        sheet.write_number(number, position, value)
    elif isinstance(value, Decimal):
        sheet.write_string(number, position, format(value, "f"))
    else:
        sheet.write_string(number, position, str(value)[:LONGEST_CELL])


def _day(cell: Cell) -> Cell:
    """A date as written that means one whole day, as a day."""
    if isinstance(cell, str) and WHOLE_DAY.match(cell):
        found = date.fromisoformat(cell)
        return found if found >= FIRST_DAY else cell
    return cell


def _width(table: Table, position: int, column: Column) -> int:
    if column.type in WIDTHS:
        return max(WIDTHS[column.type], len(column.name) + 4)
    longest = max((len(str(row[position] or "")) for row in table.rows[:ROWS_MEASURED]), default=0)
    return min(max(longest, len(column.name) + 4), WIDE)
