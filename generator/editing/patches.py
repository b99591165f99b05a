"""Small changes to a text, made at the places that `read` gives, so that nothing else in the file moves.

Lines and columns count from 1, columns in characters, as in `generator.problems.Place`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import yaml

from generator.problems import Patch


def apply(text: str, patches: Iterable[Patch]) -> str:
    """The text with all patches made; their places are those in the text as it was.

    Raises `ValueError` where two of them overlap or a place lies outside of the text.
    """
    starts = _line_starts(text)
    spans = sorted((_offset(starts, text, p.line, p.column), _offset(starts, text, *p.until), p.text) for p in patches)
    made: list[str] = []
    done = 0
    for start, end, new in spans:
        if start < done or end < start:
            raise ValueError("two changes overlap")
        made += [text[done:start], new]
        done = end
    return "".join([*made, text[done:]])


def text_of(data: bytes | str) -> str:
    """A file as `read` sees it; signs that are not UTF-8 are marked, since their file is told and not mended."""
    return data if isinstance(data, str) else data.decode("utf-8-sig", errors="replace")


def between(text: str, start: tuple[int, int], until: tuple[int, int]) -> str:
    """What stands from one place to another. Raises `ValueError` where a place lies outside of the text."""
    starts = _line_starts(text)
    return text[_offset(starts, text, *start) : _offset(starts, text, *until)]


def extent(text: str, line: int, column: int) -> tuple[int, int] | None:
    """Where the scalar that begins at a place of a YAML text ends: line and column of the sign after it.

    None where no scalar begins there. For a page, `text` is the whole file: its front matter is looked at. A block
    scalar (`>-`, `|`) begins at its header and ends at the start of the line after it.
    """
    first, block = _yaml_part(text)
    try:
        for event in yaml.parse(block, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent) and _place(event.start_mark, first) == (line, column):
                return _place(event.end_mark, first)
    except yaml.YAMLError:
        return None
    return None


def _place(mark: Any, first: int) -> tuple[int, int]:
    return mark.line + first, mark.column + 1


def extents(text: str) -> dict[tuple[int, int], tuple[int, int]]:
    """Where each scalar of a YAML text ends, by where it begins; as far as the text can be read."""
    first, block = _yaml_part(text)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    try:
        for event in yaml.parse(block, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.ScalarEvent):
                found[_place(event.start_mark, first)] = _place(event.end_mark, first)
    except yaml.YAMLError:
        pass
    return found


def scalar(text: str, *, flow: bool = False) -> str:
    """A text of one line as YAML writes it: bare where every reader takes it for this text, else in single quotes.

    `flow` is for places inside of brackets, where commas and brackets part values. Dates stay bare: here they are
    texts, whatever another reader makes of them. Raises `ValueError` for a text of several lines.
    """
    if "\n" in text or "\r" in text:
        raise ValueError("a text of one line is wanted")
    if UNSEEN.search(text):
        return '"' + "".join(_escaped(sign) for sign in text) + '"'
    return text if _is_bare(text, flow=flow) else "'" + text.replace("'", "''") + "'"


def _is_bare(text: str, *, flow: bool) -> bool:
    if DATE.fullmatch(text):
        return True
    return bool(text) and not (
        text != text.strip()
        or FIRST.match(text)
        or ": " in text
        or " #" in text
        or text.endswith(":")
        or (flow and re.search(r"[,\[\]{}]", text))
        or TAKEN.fullmatch(text)
    )


DATE = re.compile(r"[0-9X]{4}(-[0-9]{2}){0,2}")
FIRST = re.compile(r"[-?:](\s|$)|[,\[\]{}#&*!|>'\"%@`]|---|\.\.\.")
"""What a bare text cannot begin with."""
TAKEN = re.compile(
    r"""y|n|yes|no|on|off|true|false|null|~|<<|=          # truth values and nothing, in YAML 1.1 and 1.2
      | [-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+)           # whole numbers of other bases
      | [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?      # numbers to the base of 60: 12:30
      | [-+]?(\.[0-9_]+|[0-9][0-9_,]*(\.[0-9_]*)?)(e[-+]?[0-9]+)?
      | [-+]?\.(inf|nan)
      | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t\ ].*)?          # days and moments that are not written as DATE""",
    re.IGNORECASE | re.VERBOSE,
)
"""Texts that some YAML reader takes for a number, a date or a truth value (types of YAML 1.1 and 1.2's core schema)."""
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff\t]")


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    return f"\\u{ord(sign):04X}" if UNSEEN.match(sign) else sign


def _yaml_part(text: str) -> tuple[int, str]:
    """The number of the first line of the YAML in a file, and the YAML: all of it, or a page's front matter."""
    found = re.match(r"---[ \t]*\r?\n(.*?)^---[ \t]*$", text, re.DOTALL | re.MULTILINE)
    return (2, found[1]) if found else (1, text)


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in BREAK.finditer(text))]


BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML's parser counts as the end of a line."""


def _offset(starts: list[int], text: str, line: int, column: int) -> int:
    if not 1 <= line <= len(starts):
        raise ValueError(f"there is no line {line}")
    offset = starts[line - 1] + column - 1
    if offset > len(text):
        raise ValueError(f"line {line} has no column {column}")
    return offset
