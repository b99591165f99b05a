"""Two pages as HTML that can do nothing, the words that differ marked as deleted and inserted.

What is kept is on a list: elements and attributes of text, tables and drawings. No link leads anywhere, nothing is
loaded, nothing has an id, so that pages can stand beside one another in one file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import escape

from generator.difference.words import matched

TEXT = (
    "p div span a abbr b i em strong small sub sup code pre kbd ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table caption"
    " colgroup thead tbody tfoot tr th td blockquote figure figcaption section article aside nav header footer details"
    " summary time del ins mark s q cite data address label"
)
DRAWN = "svg g path circle rect line polyline polygon ellipse text tspan title desc defs symbol"
KEPT = frozenset(f"{TEXT} {DRAWN}".split())
EMPTY = frozenset("br hr wbr col".split())
DROPPED = frozenset(
    "script style template form button select textarea iframe object embed noscript audio video canvas math dialog"
    " foreignobject".split()
)
"""Elements that go with all that is in them."""
ATTRIBUTES = frozenset(
    "class lang dir colspan rowspan scope hidden open start role aria-label aria-hidden datetime viewbox d x y x1 y1 x2"
    " y2 cx cy r rx ry width height points transform text-anchor dx dy preserveaspectratio".split()
)
CASED = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
UNMARKED = frozenset({"svg", "title", "desc"})
"""Where a mark would be no mark: in drawings."""
WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A tag as it may be written, or a text; `marked` where its words may be marked."""

    written: str
    is_text: bool = False
    marked: bool = True


class _Reader(HTMLParser):
    """Reads HTML into pieces; every element that it opens it also closes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.open: list[str] = []
        self.dropped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED:
            self.dropped.append(tag)
        if self.dropped or tag not in KEPT | EMPTY:
            return
        self.pieces.append(Piece(f"<{tag}{''.join(_attribute(name, value) for name, value in attrs)}>"))
        if tag in KEPT:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in DROPPED:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.dropped:
            if tag == self.dropped[-1]:
                self.dropped.pop()
            return
        if tag in self.open:
            while (last := self.open.pop()) != tag:
                self.pieces.append(Piece(f"</{last}>"))
            self.pieces.append(Piece(f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.pieces.append(Piece(data, is_text=True, marked=not UNMARKED & set(self.open)))

    def finish(self) -> tuple[Piece, ...]:
        self.close()
        return (*self.pieces, *(Piece(f"</{tag}>") for tag in reversed(self.open)))


def _attribute(name: str, value: str | None) -> str:
    if name not in ATTRIBUTES:
        return ""
    return f' {CASED.get(name, name)}="{escape(value or "")}"'


def pieces_of(html: str) -> tuple[Piece, ...]:
    """HTML as pieces of what is allowed."""
    reader = _Reader()
    reader.feed(html)
    return reader.finish()


def alone(html: str) -> str:
    """One page, made harmless."""
    return "".join(_written(piece, (), "") for piece in pieces_of(html))


def side_by_side(before: str, after: str) -> tuple[str, str]:
    """Two pages, made harmless, with the words of the one that the other has not in `del` and in `ins`."""
    old, new = pieces_of(before), pieces_of(after)
    gone, come = _differing(_texts(old), _texts(new))
    return _marked(old, gone, "del"), _marked(new, come, "ins")


def _texts(pieces: Sequence[Piece]) -> list[str]:
    return [piece.written for piece in pieces if piece.is_text and piece.written.strip()]


Marks = list[frozenset[int]]
"""For each text the numbers of its words that differ."""


def _differing(old: list[str], new: list[str]) -> tuple[Marks, Marks]:
    """Text by text first, then word by word in those that are not in both: fast, and true to the page's parts."""
    gone: Marks = [frozenset()] * len(old)
    come: Marks = [frozenset()] * len(new)
    for sort, i, j, k, m in matched([" ".join(text.split()) for text in old], [" ".join(text.split()) for text in new]):
        if sort != "equal":
            gone[i:j], come[k:m] = _words(old[i:j], new[k:m])
    return gone, come


def _words(old: list[str], new: list[str]) -> tuple[Marks, Marks]:
    left = [(n, word) for n, text in enumerate(old) for word in enumerate(WORD.findall(text))]
    right = [(n, word) for n, text in enumerate(new) for word in enumerate(WORD.findall(text))]
    lost: list[set[int]] = [set() for _ in old]
    found: list[set[int]] = [set() for _ in new]
    for sort, i, j, k, m in matched([word for _, (_, word) in left], [word for _, (_, word) in right]):
        if sort != "equal":
            for text, (number, _) in left[i:j]:
                lost[text].add(number)
            for text, (number, _) in right[k:m]:
                found[text].add(number)
    return [frozenset(each) for each in lost], [frozenset(each) for each in found]


def _marked(pieces: Sequence[Piece], marks: Marks, tag: str) -> str:
    waiting = iter(marks)
    return "".join(
        _written(piece, next(waiting) if piece.is_text and piece.written.strip() else (), tag) for piece in pieces
    )


def _written(piece: Piece, numbers: frozenset[int] | tuple[()], tag: str) -> str:
    if not piece.is_text:
        return piece.written
    if not numbers or not piece.marked:
        return str(escape(piece.written))
    made, at, inside = "", 0, False
    for number, word in enumerate(WORD.finditer(piece.written)):
        between = str(escape(piece.written[at : word.start()]))
        differs = number in numbers
        if differs != inside:
            made += f"{between}<{tag}>" if differs else f"</{tag}>{between}"
        else:
            made += between
        made += str(escape(word[0]))
        at, inside = word.end(), differs
    return made + (f"</{tag}>" if inside else "") + str(escape(piece.written[at:]))
