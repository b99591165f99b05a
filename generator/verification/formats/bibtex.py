"""BibTeX: entries with a key of their own, and braces that close."""

from __future__ import annotations

import re

ENTRY = re.compile(r"^@(\w+)\{([^\s,{}]+),$", re.MULTILINE)


def fault_in(data: bytes) -> str:
    """The first fault: bytes that are not UTF-8, no entry, a key that stands twice, a brace that nothing closes."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return str(error)
    keys = [key for _, key in ENTRY.findall(text)]
    if not keys:
        return "it has no entry"
    if len(set(keys)) < len(keys):
        return f"the key '{next(key for key in keys if keys.count(key) > 1)}' stands twice"
    bare = re.sub(r"\\[{}]", "", text)
    return "" if bare.count("{") == bare.count("}") else "a brace is not closed"
