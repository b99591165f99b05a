"""What a table is. CSV, Data Package, workbook and database are all written from these values and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Cell: TypeAlias = str | int | Decimal | date | bool | None
"""What stands in a column. `None` is an empty cell; no text is ever empty."""


class Type(StrEnum):
    """What a column holds."""

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "number"
    TRUTH = "boolean"
    DAY = "date"


class Role(StrEnum):
    """What a column is for: a value of the record, or something beside it that helps to use it."""

    KEY = "key"
    VALUE = "value"
    WRITTEN_DATE = "written date"
    """A date as the record writes it; the columns of its first and last day follow."""
    IDS = "ids"
    """The ids of several records, or of several sources, in one cell."""
    HELP = "help"
    """A label, a name, a bound: it follows from other columns."""


@dataclass(frozen=True)
class Column:
    """A column: `title` is what readers see, `what` explains it; `words` are all that may stand in it, if not ()."""

    name: str
    title: str
    type: Type = Type.TEXT
    what: str = ""
    required: bool = False
    words: tuple[str, ...] = ()
    role: Role = Role.VALUE
    path: tuple[str, ...] = ()
    """The fields that lead to the value, seen from the record or from the item of a list that the row is for."""


@dataclass(frozen=True)
class ForeignKey:
    """Columns that hold the key of a row of another table, or of the same one."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with its rows, which stand in the order of the catalogue."""

    name: str
    title: str
    what: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foreign: tuple[ForeignKey, ...] = ()
    kind: str = ""
    """The kind of record that its rows are taken from; empty where they are of several."""
    path: tuple[str, ...] = ()
    """The fields that lead to the list whose items are its rows; empty where a row is a record."""
    is_link: bool = False
    """Whether it only tells, row by row, what a column of another table tells in one cell."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


LIST_MARK = ","
"""Between the ids of a cell that holds several: no id has a comma in it, and names of fields have it written %2C."""
