"""What a round found, for people who mend records: one report that replaces the last one.

Titles and addresses come from strangers: here they are text and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from generator.links.cited import Cited
from generator.markdown import markdown_text
from generator.model.links import DEAD_AFTER, UNTOLD, Known, Ledger

LARGEST = 60_000
"""Bytes: an issue takes 65,536 letters."""
CELL = 160
"""Letters of a title or an address."""
APART = "&#8203;"


def digest(cited: Mapping[str, Cited], ledger: Ledger, day: date) -> str:
    """The report as Markdown; empty where there is nothing to do."""
    known = [(cited[address], ledger[address]) for address in cited if address in ledger]
    dead = [pair for pair in known if pair[1].dead]
    failing = [pair for pair in known if pair[1].failure and not pair[1].dead]
    moved = [pair for pair in known if _has_moved(*pair)]
    if not (dead or failing or moved):
        return ""
    return _cut([*_head(len(cited), dead, day), *_dead(dead), *_failing(failing), *_moved(moved), *_untold(known)])


def _has_moved(each: Cited, known: Known) -> bool:
    """Whether an address leads to another for good; one that differs only in `https`, `www.` or a slash is the same."""
    return known.moved and not known.failure and not known.untold and _core(known.at or "") != _core(each.address)


def _core(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


Pairs = list[tuple[Cited, Known]]


def _head(addresses: int, dead: Pairs, day: date) -> Iterator[str]:
    yield f"{len(dead)} of {addresses} cited addresses do not give what was cited, as of {day.isoformat()}.\n"
    yield (
        "To mend one: read the page anew and correct `url`, or give a kept copy as `archived`; with a later day in "
        "`accessed` a page that has changed is taken as right.\n"
    )


def _dead(pairs: Pairs) -> Iterator[str]:
    rows = [(_since(known), _words(known.dead.reason.label if known.dead else ""), _words(known.found or "—"),
             _copy(each), *_place(each)) for each, known in sorted(pairs, key=_oldest)]  # fmt: skip
    yield from _table(
        "Readers are told", ("Since", "Why", "Stands there now", "Kept copy", "Address", "Cited in"), rows
    )


def _failing(pairs: Pairs) -> Iterator[str]:
    rows = [(_since(known), _words(known.failure.reason.label if known.failure else ""), _words(known.found or "—"),
             *_place(each)) for each, known in sorted(pairs, key=_oldest)]  # fmt: skip
    title = f"Failed on fewer than {DEAD_AFTER} days: perhaps it passes"
    yield from _table(title, ("Since", "Why", "Stands there now", "Address", "Cited in"), rows)


def _moved(pairs: Pairs) -> Iterator[str]:
    rows = [(_words(known.at or ""), *_place(each)) for each, known in pairs]
    yield from _table("Moved for good", ("To", "Address", "Cited in"), rows)


def _untold(pairs: Pairs) -> Iterator[str]:
    rows = [(_words(known.untold.label), *_place(each)) for each, known in pairs if known.untold in UNTOLD]
    yield from _table("Not to be told by a program", ("Why", "Address", "Cited in"), rows)


def _oldest(pair: tuple[Cited, Known]) -> tuple[date, str]:
    return (pair[1].failure.since if pair[1].failure else date.max, pair[0].address)


def _since(known: Known) -> str:
    return known.failure.since.isoformat() if known.failure else ""


def _copy(each: Cited) -> str:
    return "yes" if each.archived else "—"


def _place(each: Cited) -> tuple[str, str]:
    files = each.files if len(each.files) <= 3 else (*each.files[:3], f"and {len(each.files) - 3} more")
    return _words(each.address), _words(", ".join(files))


def _words(text: str) -> str:
    """Any text as Markdown that shows it and does nothing else; it mentions nobody and refers to no issue."""
    short = text if len(text) <= CELL else text[:CELL] + " …"
    return markdown_text(short).replace("&#64;", f"&#64;{APART}").replace("&#35;", f"&#35;{APART}")


def _table(title: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield f"\n### {title} ({len(rows)})\n\n"
        yield from (f"| {' | '.join(cells)} |\n" for cells in (head, tuple("---" for _ in head), *rows))


def _cut(parts: list[str]) -> str:
    kept, room = [], LARGEST - 200
    for number, part in enumerate(parts):
        room -= len(part.encode())
        if room < 0:
            kept.append(f"\n_{len(parts) - number} more lines would not fit here; the ledger has all._\n")
            break
        kept.append(part)
    return "".join(kept)
