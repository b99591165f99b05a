"""iCalendar as RFC 5545 has it: lines, blocks, and what each block must say."""

from __future__ import annotations

import re
from collections.abc import Iterator

ONE = r'(?:"[^"]*"|[^";:,]*)'
LINE = re.compile(rf"([A-Za-z0-9-]+)(?:;[A-Za-z0-9-]+={ONE}(?:,{ONE})*)*:(.*)", re.DOTALL)
NEEDED = {"VCALENDAR": {"VERSION", "PRODID"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}}
"""Properties that a block must have (sections 3.6 and 3.6.1; DTSTART where the calendar has no METHOD)."""
DAY = re.compile(r"\d{8}(?:T\d{6}Z?)?")
LONGEST = 75
"""Octets of a line before its end (section 3.1)."""


def fault_in(data: bytes) -> str:
    """The first fault, with its line."""
    return next(_faults(data), "")


def _faults(data: bytes) -> Iterator[str]:
    if not data.endswith(b"\r\n") or b"\n" in data.replace(b"\r\n", b""):
        yield "its lines do not end in CR LF"
        return
    for number, line in enumerate(data.split(b"\r\n"), 1):
        if len(line) > LONGEST:
            yield f"line {number} has {len(line)} octets, and {LONGEST} is the most"
    try:
        whole = unfolded(data).decode()
    except UnicodeDecodeError as error:
        yield str(error)
        return
    yield from _wrong_blocks(whole.split("\r\n")[:-1])


def unfolded(data: bytes) -> bytes:
    """A calendar with every line in one piece (section 3.1)."""
    return data.replace(b"\r\n ", b"").replace(b"\r\n\t", b"")


def _wrong_blocks(lines: list[str]) -> Iterator[str]:
    blocks: list[tuple[str, set[str]]] = []
    seen: set[str] = set()
    for line in lines:
        parts = LINE.fullmatch(line)
        if parts is None:
            yield f"'{line[:40]}' is no property"
            return
        name, value = parts[1].upper(), parts[2]
        if name == "BEGIN":
            blocks.append((value, set()))
        elif not blocks:
            yield f"{name} stands outside of a calendar"
            return
        elif name == "END":
            block, has = blocks.pop()
            if block != value:
                yield f"{block} is closed by {value}"
            for missing in sorted(NEEDED.get(block, set()) - has):
                yield f"a {block} has no {missing}"
        else:
            blocks[-1][1].add(name)
            yield from _wrong_value(name, value, blocks[-1][0], seen)
    if blocks or not lines:
        yield "it does not end with END:VCALENDAR"


def _wrong_value(name: str, value: str, block: str, seen: set[str]) -> Iterator[str]:
    if name in ("DTSTART", "DTEND", "DTSTAMP") and not DAY.fullmatch(value):
        yield f"{name} is '{value}', which is no day"
    if name == "UID" and block == "VEVENT":
        if value in seen:
            yield f"the UID '{value}' stands twice"
        seen.add(value)
