"""Turtle by cheap means: its signs, its prefixes, and statements that end (RDF 1.1 Turtle, section 6.5)."""

from __future__ import annotations

import re

SIGN = re.compile(
    r'''(?P<blank>[ \t\r\n]+|\#[^\n]*)
      | (?P<text>"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\')
      | (?P<address><[^\x00-\x20<>"{}|^`\\]*>)
      | (?P<prefix>(?:@prefix|PREFIX)\s+(?P<declared>[\w.-]*):)
      | (?P<base>@base|BASE)
      | (?P<language>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
      | (?P<number>[+-]?(?:\d+\.\d*|\.?\d+)(?:[eE][+-]?\d+)?(?=[\s;,.\])]))
      | (?P<name>(?P<used>\w[\w.-]*|):(?:[\w:%-]|\\.|\.(?=[\w:%-]))*)
      | (?P<word>a\b|true\b|false\b)
      | (?P<open>[\[(])
      | (?P<close>[\])])
      | (?P<mark>\^\^|[;,.])''',
    re.VERBOSE | re.DOTALL,
)


def fault_in(data: bytes) -> str:
    """The first fault, with its line: a sign that Turtle has not, a prefix that nothing declares, an open statement."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return str(error)
    declared: set[str] = set()
    at, depth, last = 0, 0, "."
    while at < len(text):
        found = SIGN.match(text, at)
        if found is None or found.end() == at:
            return f"line {text.count(chr(10), 0, at) + 1}: '{text[at : at + 20].split(chr(10))[0]}' is no sign of it"
        kind, sign = str(found.lastgroup), found[0]
        if found["declared"] is not None:
            declared.add(found["declared"])
        elif found["name"] is not None and not sign.startswith("_:") and found["used"] not in declared:
            return f"line {text.count(chr(10), 0, at) + 1}: nothing declares the prefix '{found['used']}'"
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if depth < 0:
            return f"line {text.count(chr(10), 0, at) + 1}: '{sign}' closes nothing"
        last = last if found["blank"] else sign
        at = found.end()
    return "" if last == "." and not depth else "its last statement does not end"
