"""A draft as the text of a file: in the one style, with what it was made of, and a sum that tells a hand edit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from generator.editing.edits import as_text
from generator.editing.layout import Block, Layout
from generator.editing.shapes import shape_of_file
from generator.editing.writing import new_pair
from generator.iati.drafting import Draft
from generator.kinds.programme import KIND
from generator.model.evidence import field_order
from generator.schema.modeline import modeline

SUM = re.compile(r"^# As drafted: ([0-9a-f]{16})\b.*\n", re.MULTILINE)
READ_ON = re.compile(r"^ +accessed: .*$", re.MULTILINE)


def text_of(draft: Draft, id: str) -> str:
    """The text of the file of a draft."""
    values = {"id": id, **draft.values}
    values = {name: values[name] for name in field_order(KIND.model) if name in values}
    shape = shape_of_file(KIND)
    pairs = tuple(new_pair(name, values, shape, 0, flow=False) for name in values)
    lines: list[str] = []
    for name, pair in zip(values, pairs, strict=True):
        lines += [f"# {line.rstrip()}" for line in draft.comments.get(name, ())]
        lines += as_text(Layout("", Block({}, (pair,)), "")).split("\n")
    body = "\n".join(lines) + "\n"
    head = "\n".join([modeline(KIND), *(f"# {line.rstrip()}" for line in _head(draft)), ""])
    return signed(f"{head}{body}")


def _head(draft: Draft) -> Iterator[str]:
    yield "A draft from IATI: a person has to read it, and to merge or move it, before it is part of the catalogue."
    identifiers = draft.identifiers
    yield f"IATI: {identifiers[0]}"
    yield "As drafted:"
    yield from draft.comments.get("", ())


def signed(text: str) -> str:
    """The text with the sum of what it says in the line for it."""
    line = f"# As drafted: {_sum(text)} (while this holds, an import may renew the draft)"
    return re.sub(r"^# As drafted:.*$", line, text, count=1, flags=re.MULTILINE)


def is_untouched(text: str) -> bool:
    """Whether nobody edited a draft since it was written."""
    found = SUM.search(text)
    return found is not None and found[1] == _sum(text)


def says_the_same(one: str, other: str) -> bool:
    """Whether two drafts differ by nothing but the day on which the file was read."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return READ_ON.sub("", SUM.sub("", text))


def _sum(text: str) -> str:
    bare = re.sub(r"^# As drafted:.*\n", "", text, count=1, flags=re.MULTILINE)
    return hashlib.sha256(bare.encode()).hexdigest()[:16]
