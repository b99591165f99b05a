"""RIS: records from a line TY to a line ER, each line a tag of two signs."""

from __future__ import annotations

import re

LINE = re.compile(r"[A-Z][A-Z0-9]  - ?.*")


def fault_in(data: bytes) -> str:
    """The first fault, with its line."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return str(error)
    is_open = False
    for number, line in enumerate(text.splitlines(), 1):
        if not line:
            continue
        if not LINE.fullmatch(line):
            return f"line {number} has no tag"
        if (line[:2] == "TY") == is_open:
            return f"line {number} {'begins a record in' if is_open else 'stands outside of'} a record"
        is_open = line[:2] != "ER"
    return "its last record does not end" if is_open else ""
