"""A stream of bytes becomes activities, one after the other: what was read is let go, so memory stays bounded.

The file may come from anywhere. One that declares entities is refused, nothing outside of it is asked for, and
libxml2's own bounds (256 levels, 10 MB a text) hold: `huge_tree` stays off, and an activity may not be larger than
`LARGEST`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from lxml import etree

from generator.iati.activity import FileInfo, Read
from generator.iati.codes import VERSIONS
from generator.iati.elements import day_in, read_activity
from generator.problems import Refused

LARGEST = 32 * 1024 * 1024
"""So many bytes may pass without an activity coming to its end; the largest real ones have some 5 MB."""


def read_activities(name: str, chunks: Iterable[bytes]) -> Iterator[FileInfo | Read]:
    """What the file says of itself, then each activity. `chunks` are its bytes in order.

    Raises `Refused` where the file is damaged, is no IATI activity file, or is of a version that is not read.
    """
    taken = iter(chunks)
    begun, info = _head(name, taken)
    yield info
    parser = _parser("end", "iati-activity", entities="internal")
    since, tail = 0, b""
    for chunk in chain(begun, taken):
        tail = (tail + chunk)[-100:]
        _feed(name, parser, chunk)
        since += len(chunk)
        for element in _events(name, parser):
            if element.getparent() is element.getroottree().getroot():
                since = 0
                yield read_activity(element, info)
                _let_go(element)
        if since > LARGEST:
            raise Refused(
                f"{name} holds {LARGEST // 2**20} MB without an activity coming to its end, so it was not read: "
                "nothing was written. See whether it is an IATI activity file."
            )
    _close(name, parser, tail)


def _parser(event: str, tag: str | None = None, *, entities: bool | str = False) -> Any:
    """With `internal`, the five of XML and no others are resolved: a file with a DOCTYPE does not come so far.

    Without, libxml2 would be silent on an entity that is not declared.
    """
    return etree.XMLPullParser(
        events=(event,), tag=tag, resolve_entities=entities, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _head(name: str, chunks: Iterator[bytes]) -> tuple[list[bytes], FileInfo]:
    """The bytes up to the first element, and what that says."""
    parser = _parser("start")
    begun: list[bytes] = []
    for chunk in chunks:
        begun.append(chunk)
        _feed(name, parser, chunk)
        for element in _events(name, parser):
            return begun, _info(name, element)
        if sum(map(len, begun)) > LARGEST:
            break
    _close(name, parser, b"")
    raise Refused(f"{name} holds no element, so it is no IATI file. Nothing was written.")


def _info(name: str, root: Any) -> FileInfo:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(
            f"{name} begins with a DOCTYPE. An IATI file needs none, and one can make a reader open other files or "
            "fill its memory, so nothing was read. Get the file from its publisher again, or take the DOCTYPE out."
        )
    if root.tag != "iati-activities":
        what = etree.QName(root).localname
        also = " An organisation file holds no activities." if what == "iati-organisations" else ""
        raise Refused(f"{name} begins with <{what}>, not with <iati-activities>: it is no IATI activity file.{also}")
    version = (root.get("version") or "").strip()
    if version not in VERSIONS:
        raise Refused(_not_read(name, version))
    return FileInfo(name, version, day_in(root.get("generated-datetime") or "") or "")


def _not_read(name: str, version: str) -> str:
    if re.match(r"1(\.|\Z)", version):
        return (
            f"{name} is of IATI version {version}, whose codes mean other things; it is not read. Ask its publisher "
            "for version 2.03, or convert it first."
        )
    told = f"is of IATI version {version!r}" if version else "does not say of which IATI version it is"
    return f"{name} {told}; versions {', '.join(VERSIONS)} are read. Nothing was written."


def _feed(name: str, parser: Any, chunk: bytes) -> None:
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        raise _damaged(name, error) from None


def _events(name: str, parser: Any) -> Iterator[Any]:
    try:
        for _, element in parser.read_events():
            yield element
    except etree.XMLSyntaxError as error:
        raise _damaged(name, error) from None


def _close(name: str, parser: Any, tail: bytes) -> None:
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        is_whole = b"iati-activities>" in tail.replace(b"\0", b"")
        raise _damaged(name, error, is_cut=bool(tail) and not is_whole) from None


ENCODING = re.compile("encoding|UTF-8|bytes", re.IGNORECASE)


def _damaged(name: str, error: Any, *, is_cut: bool = False) -> Refused:
    line, _ = error.position
    said = re.sub(r", line \d+, column \d+.*\Z", "", str(error.msg))
    if "amplification" in said or "entity reference loop" in said:
        why = "The file declares entities that would fill the memory. Get it from its publisher again"
    elif ENCODING.search(said):
        why = f"The file is not in the encoding that it names ({said}). Get it from its publisher again"
    elif "Excessive depth" in said or "use XML_PARSE_HUGE" in said:
        why = "Elements or texts in it are far deeper or longer than any IATI file has. See whether it is one"
    elif is_cut or "Premature end" in said:
        why = "The file is cut off: its end is missing. Download it again"
    else:
        why = f"The file is no sound XML ({said}). Get it from its publisher again"
    return Refused(f"{name}:{max(line, 1)}: {why}. Nothing was written.")


def _let_go(element: Any) -> None:
    """Free an activity, and what stands before it."""
    element.clear()
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]
