"""CSV as RFC 4180 has it."""

from __future__ import annotations

import csv
from io import StringIO


def fault_in(data: bytes) -> str:
    """The first fault: bytes that are not UTF-8, a header that names a column twice, a row of another length."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return str(error)
    rows = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        if len(set(header)) < len(header) or "" in header:
            return "its header names a column twice or not at all"
        return next(
            (f"row {number} has {len(row)} cells, its header {len(header)}"
             for number, row in enumerate(rows, 2) if len(row) != len(header)), "")  # fmt: skip
    except csv.Error as error:
        return str(error)
