"""Two texts word by word: what stays, what goes, what comes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

TOKEN = re.compile(r"(\w+|[^\w\s])(\s*)")
DEAREST = 60_000
"""So many pairs of equal words are weighed. Beyond, as where a word stands hundreds of times, it would take seconds."""


class Mark(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


Stretch = tuple[Mark, str]


def stretches(before: str, after: str) -> tuple[Stretch, ...]:
    """The two texts as one run of stretches: without those that are NEW it is the first, without GONE the second.

    Blanks do not count. Where too little is shared to be read across, the whole is GONE and the whole is NEW.
    """
    old, new = TOKEN.findall(before.strip()), TOKEN.findall(after.strip())
    made = [
        each
        for sort, i, j, k, m in matched([word for word, _ in old], [word for word, _ in new])
        for each in _told(sort, old[i:j], new[k:m])
    ]
    kept = sum(len(text.strip()) for mark, text in made if mark is Mark.KEPT)
    if before and after and kept * 4 < min(len(before), len(after)):
        return ((Mark.GONE, before), (Mark.NEW, after))
    runs = groupby(made, key=lambda each: each[0])
    return tuple((mark, "".join(text for _, text in run)) for mark, run in runs)


def _told(sort: str, old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[Stretch]:
    """The blank after a change belongs to what stays."""
    texts = ["".join(word + blank for word, blank in each) for each in (old, new)]
    if sort == "equal":
        return [(Mark.KEPT, texts[1])]
    blank = (texts[1] or texts[0])[len((texts[1] or texts[0]).rstrip()) :]
    marks = (Mark.GONE, texts[0].rstrip()), (Mark.NEW, texts[1].rstrip()), (Mark.KEPT, blank)
    return [(mark, text) for mark, text in marks if text]


def matched(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """The steps from one list of words to another, as difflib gives them, but never in more than a moment."""
    head = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - head
    tail = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    i, j, k, m = head, len(old) - tail, head, len(new) - tail
    steps = [("equal", 0, head, 0, head)] if head else []
    steps += [(sort, i + a, i + b, k + c, k + d) for sort, a, b, c, d in _weighed(old[i:j], new[k:m])]
    return steps + ([("equal", j, len(old), m, len(new))] if tail else [])


def _weighed(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    counts = Counter(old)
    if sum(counts[word] for word in new) > DEAREST:
        return [("replace", 0, len(old), 0, len(new))]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(sort, i, j, k, m) for sort, i, j, k, m in steps]


def shortened(text: str, room: int, *, first: bool = False, last: bool = False) -> str:
    """A long stretch that did not change, with its middle left out; at the ends of the whole only one side is kept."""
    if len(text) <= 2 * room + 5:
        return text
    head = "" if first else text[:room].rsplit(" ", 1)[0]
    tail = "" if last else text[-room:].split(" ", 1)[-1]
    return f"{head} … {tail}" if head and tail else f"{head} …" if head else f"… {tail}"


def in_short(run: Sequence[Stretch], room: int = 40) -> tuple[Stretch, ...]:
    """A run of stretches in which what stays is shortened to the words around each change."""
    end = len(run) - 1
    return tuple(
        (mark, shortened(text, room, first=n == 0, last=n == end) if mark is Mark.KEPT else text)
        for n, (mark, text) in enumerate(run)
    )
