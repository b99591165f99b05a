"""Turtle by cheap means: its signs, its prefixes, and statements that end (RDF 1.1 Turtle, section 6.5)."""

from __future__ import annotations

import re

SIGN = re.compile(
    r'''(?:(?P<address><[^\x00-\x20<>"{}|^`\\]*>)
      | (?P<name>(?:\w[\w.-]*|):(?:[\w:%-]|\\.|\.(?=[\w:%-]))*)
      | (?P<mark>[;,]|\^\^)
      | (?P<text>"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\')
      | (?P<word>a\b|true\b|false\b)
      | (?P<number>[+-]?(?:\d+\.\d*|\.?\d+)(?:[eE][+-]?\d+)?(?=[\s;,.\])]))
      | (?P<end>\.)
      | (?P<prefix>(?:@prefix|PREFIX)\s+[\w.-]*:)
      | (?P<base>@base|BASE)
      | (?P<language>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
      | (?P<open>[\[(])
      | (?P<close>[\])]))
      (?:[ \t\r\n]+|\#[^\n]*)*''',
    re.VERBOSE | re.DOTALL,
)
BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")


def fault_in(data: bytes) -> str:
    """The first fault, with its line: a sign that Turtle has not, a prefix that nothing declares, an open statement."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return str(error)
    declared = {"_"}
    begins = BLANK.match(text)
    at = begins.end() if begins else 0
    depth, kind = 0, "end"
    while at < len(text):
        found = SIGN.match(text, at)
        if found is None:
            return f"{_line(text, at)}: '{text[at : at + 20].split(chr(10))[0]}' is no sign of it"
        kind = str(found.lastgroup)
        if kind == "name" and (prefix := found[kind].partition(":")[0]) not in declared:
            return f"{_line(text, at)}: nothing declares the prefix '{prefix}'"
        if kind == "prefix":
            declared.add(found[kind].split()[1].removesuffix(":"))
        elif kind in ("open", "close"):
            depth += 1 if kind == "open" else -1
            if depth < 0:
                return f"{_line(text, at)}: '{found[kind]}' closes nothing"
        at = found.end()
    return "" if kind == "end" and not depth else "its last statement does not end"


def _line(text: str, at: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1}"
