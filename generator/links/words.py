"""What a page says of itself: its title, and a fingerprint of its words by which it is known again."""

from __future__ import annotations

import hashlib
import re
from codecs import BOM_UTF8, getincrementaldecoder, lookup
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

FEW = 20
"""A page of fewer words has no fingerprint: a word more or less would change it."""
LONGEST = 200
"""Letters of a title that are kept."""
SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})
ENCODINGS = re.compile(
    r"utf-?8|utf-?16(le|be)?|us-ascii|ascii|iso-?8859-?\d+|latin-?\d+|windows-?\d+|cp\d+|koi8-[ru]|gb\w+|big5\w*"
    r"|shift.jis|euc.\w+",
    re.IGNORECASE,
)
"""Encodings of pages; Python knows others that are none (`idna`, `hex`), some of them slow."""
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """A page in short; `text` is None for one of few words."""

    title: str
    text: str | None


def words_of(body: bytes, charset: str | None = None) -> Words:
    """The words of an HTML page. Bytes that are no text of its encoding are read as far as they can be."""
    text = body.decode(encoding_of(body, charset), "replace").replace("\0", "")
    parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=False, no_network=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    if root is None:
        return Words("", None)
    titles = (" ".join("".join(each.itertext()).split()) for name in ("title", "h1") for each in root.iter(name))
    return Words(next(filter(None, titles), "")[:LONGEST], fingerprint(_text(root)))


def encoding_of(body: bytes, charset: str | None) -> str:
    """The encoding of a page, as browsers find it: a byte order mark, the header, the page itself, else Western.

    One that does not hold is not believed; a letter may be cut in two at the end.
    """
    named = CHARSET.search(body[:1024])
    wanted = "utf-8" if body.startswith(BOM_UTF8) else charset or (named[1].decode("ascii") if named else "")
    for name in (wanted, "utf-8"):
        if ENCODINGS.fullmatch(name):
            try:
                getincrementaldecoder(name)().decode(body)
                return lookup(name).name
            except (LookupError, UnicodeError):
                continue
    return "cp1252"


def _text(root: etree._Element) -> str:
    """All words that a reader sees, without recursion: pages of strangers nest as deep as they like."""
    parts: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        silent = not isinstance(element.tag, str) or element.tag in SILENT
        if event == "start":
            skipped += silent
            parts.append("" if skipped else element.text or "")
        else:
            skipped -= silent
            parts.append("" if skipped else element.tail or "")
    return " ".join(parts)


def fingerprint(text: str) -> str | None:
    """A fingerprint of 64 bits (Charikar 2002, «simhash»): texts that share most words differ in few bits."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) < FEW:
        return None
    counts = [0] * 64
    for pair, times in Counter(pairwise(words)).items():
        bits = int.from_bytes(hashlib.blake2b(" ".join(pair).encode(), digest_size=8).digest(), "big")
        for place in range(64):
            counts[place] += times if bits >> place & 1 else -times
    return f"{sum(1 << place for place in range(64) if counts[place] > 0):016x}"


def distance(one: str, other: str) -> int:
    """In how many bits two fingerprints differ: 0 for the same, some 32 for texts that share nothing."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def likeness(one: str, other: str) -> float:
    """How many of the words of two titles are the same: 0 to 1."""
    a, b = (set(re.findall(r"\w+", each.casefold())) for each in (one, other))
    return len(a & b) / len(a | b) if a | b else 1.0
