"""A database of SQLite, held in memory."""

from __future__ import annotations

import sqlite3
from contextlib import closing


def fault_in(data: bytes) -> str:
    """The first fault: another header, a page that does not fit, a row that refers to none."""
    if not data.startswith(b"SQLite format 3\0"):
        return "it does not begin as one"
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(data)
            found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            lost = database.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.Error as error:
            return str(error)
    if found != "ok":
        return str(found)
    return f"a row of {lost[0]} refers to a row of {lost[2]} that is not there" if lost else ""
