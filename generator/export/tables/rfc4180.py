"""Tables as CSV: RFC 4180 to the letter, and safe to open in a spreadsheet program.

UTF-8 without a byte order mark (the RFC's successors want none, and many programs take one for a part of the first
name), a header, lines that end in CR and LF, double quotes only where needed, doubled inside. A line break inside of
a cell is the bare LF of the record.

A text that a spreadsheet program would run as a formula, since it begins with = + - @ or a tab, gets an apostrophe
before it, as spreadsheet programs mark a text themselves. So that nothing is lost, a text that begins with
apostrophes and then such a sign gets one more: whoever takes one apostrophe away before each such beginning has just
what the record says (`unguarded`). Numbers, days and truth values are never touched: -5 stays a number.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from generator.export.tables.shapes import Cell, Table

GUARDED = re.compile("'*[=+\\-@\t\r＝＋－＠]")
"""Beginnings that are guarded. The wide signs are formulas where East Asian letters are typed."""


def as_csv(table: Table) -> str:
    """A table as one text, its header first."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(table.names)
    writer.writerows(map(text_of, row) for row in table.rows)
    return "".join(lines)


def text_of(cell: Cell) -> str:
    """A cell as it stands in a file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(cell) if isinstance(cell, str) else str(cell)


def guarded(text: str) -> str:
    """A text that no spreadsheet program takes for a formula."""
    return f"'{text}" if GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") and GUARDED.match(text) else text


class _Lines(list[str]):
    """What a csv writer writes to."""

    def write(self, text: str) -> None:
        self.append(text)


def list_of(cells: Iterable[str]) -> str:
    """Cells as one line without its end."""
    lines = _Lines()
    csv.writer(lines, lineterminator="").writerow(list(cells))
    return "".join(lines)
