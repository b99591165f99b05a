"""What a style sheet loads."""

from __future__ import annotations

import re
from collections.abc import Iterator

IN_CSS = re.compile(
    r"""/\*.*?\*/
      | url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)
      | @import\s+(?:"([^"]*)"|'([^']*)')""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)


def in_css(text: str) -> Iterator[str]:
    """The addresses that a style sheet loads."""
    for groups in IN_CSS.findall(text):
        target = next(filter(None, groups), "")
        if target and not target.startswith(("data:", "#")):
            yield target
