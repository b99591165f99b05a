"""`merge`: two records of one thing become one, and nothing that either said is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.checking import Checked
from generator.editing.edits import comments_of
from generator.editing.leading import counted, led_to, path_in_file, relinked_pages, value_at, values_in, written
from generator.editing.mentions import mentions
from generator.editing.records import (
    Change,
    bytes_of,
    counts_told,
    hidden,
    key_of,
    record_called,
    refuse_new_problems,
    refuse_problems,
    text_of,
    with_value,
)
from generator.editing.renaming import OURS
from generator.model.catalogue import Validated
from generator.model.values import SourceId
from generator.model.walk import walk
from generator.problems import Refused

APART = frozenset({"id", "aliases", "evidence", "disagreements", "sources"})


@dataclass(frozen=True)
class Conflict:
    """A field of which two records say different things."""

    path: tuple[str, ...]
    ours: Any
    theirs: Any

    @property
    def field(self) -> str:
        return ".".join(self.path)


def merge(checked: Checked, source: str, into: str, keep: str = "") -> Change:
    """The change that makes one record of two. `keep` is `into` or `from`: which side wins where they differ.

    Raises `Refused` with all that differs where nobody said which side wins.
    """
    lost, kept = record_called(checked, source), record_called(checked, into)
    _refuse(checked, lost, kept)
    named = [m for m in mentions(checked, key_of(lost)) if (m.document.kind, m.document.id) != key_of(lost)]
    refuse_problems(
        checked,
        [*{m.document.path for m in named}, lost.document.path, kept.document.path, *hidden(checked, lost.record.id)],
    )
    pages = relinked_pages(checked, (lost.kind, lost.record.id), (kept.kind, kept.record.id), key_of(lost))
    values = led_to(checked, named, kept.record.id)
    path = kept.document.path
    whole = values.get(path) or values_in(checked, path)
    base = path_in_file(kept.document)
    made, sources = _made(checked, lost, kept, value_at(whole, base), keep)
    whole = {**with_value(whole, base, made), **({"sources": sources} if base and sources else {})}
    if lost.kind.file:
        whole["records"] = {id: each for id, each in whole["records"].items() if id != lost.document.id}
    values[path] = whole
    texts = written(checked, values, pages)
    texts[path] = _with_comments_of(checked, lost, texts[path])
    files: dict[str, bytes | None] = {name: bytes_of(checked.files, name, text) for name, text in texts.items()}
    if not lost.kind.file:
        files[lost.document.path] = None
    before = {name: data for name, data in checked.files.items() if name in files and isinstance(data, bytes)}
    change = Change(files, _said(lost, kept, counted(named, pages)), before)
    refuse_new_problems(checked, change)
    return change


def _refuse(checked: Checked, lost: Validated, kept: Validated) -> None:
    if lost.kind is not kept.kind:
        raise Refused(f"'{lost.record.id}' is {lost.kind.a} and '{kept.record.id}' {kept.kind.a}: they stay two.")
    if lost is kept:
        raise Refused("A record is not merged into itself. Name two.")
    if lost.kind.name == "country":
        raise Refused("Two ISO 3166-1 codes stand for two countries or territories: they stay two.")
    if lost.kind.name == "page":
        raise Refused("Pages are prose: put the texts together by hand, then retire one: catalogue retire --help")
    if key_of(lost) in OURS:
        raise Refused(f"'{lost.record.id}' stays: {OURS[key_of(lost)]}")
    for one, other in ((lost, kept), (kept, lost)):
        links = checked.catalogue.links_to.get(key_of(other), ())
        fields = [link.field for link in links if (link.kind, link.id) == key_of(one)]
        if fields:
            raise Refused(
                f"'{one.record.id}' names '{other.record.id}' in {', '.join(sorted(set(fields)))}: merged, it "
                f"would name itself. Take that out of content/{one.document.path} first."
            )


# -- the merged record


def _made(
    checked: Checked, lost: Validated, kept: Validated, ours: Mapping[str, Any], keep: str
) -> tuple[dict[str, Any], list[Any]]:
    """The record with what the other said, and the sources of its file where it is one of many."""
    theirs = dict(lost.document.values)
    own = ours.get("sources", []) if not kept.kind.file else []
    if kept.kind.file:
        renamed: dict[str, str] = {}
        sources = list(values_in(checked, kept.document.path).get("sources", []))
    else:
        sources, renamed = _joined(list(own), list(theirs.get("sources", [])))
    theirs = _renamed(lost, theirs, renamed)
    conflicts = list(_conflicts(ours, theirs))
    if conflicts and keep not in ("into", "from"):
        raise Refused(_told(lost, kept, conflicts))
    made = _together(ours, theirs, keep == "from", ())
    former = [*ours.get("aliases", []), lost.record.id, *theirs.get("aliases", [])]
    made["aliases"] = list(dict.fromkeys(former))
    losers = [_noted(lost, kept, conflict, ours, theirs, keep) for conflict in conflicts]
    disagreements = [*ours.get("disagreements", []), *theirs.get("disagreements", []), *losers]
    evidence = _evidence(ours.get("evidence", {}), theirs.get("evidence", {}), conflicts, keep)
    rest = {"evidence": evidence, "disagreements": _once(disagreements)}
    if not kept.kind.file:
        rest["sources"] = sources
    return {**made, **{name: value for name, value in rest.items() if value}}, sources


def _joined(ours: list[Any], theirs: list[Any]) -> tuple[list[Any], dict[str, str]]:
    """Our sources with theirs, each publication once; and what their ids became."""
    joined, renamed = list(ours), {}
    for source in theirs:
        same = next((each for each in joined if _same_publication(each, source)), None)
        if same:
            read = max(filter(None, (source.get("accessed"), same.get("accessed"))), default="")
            joined[joined.index(same)] = {**source, **same, **({"accessed": read} if read else {})}
            renamed[source["id"]] = same["id"]
            continue
        taken = {each["id"] for each in joined}
        free = (f"s{number}" for number in range(1, len(taken) + 2))
        id = source["id"] if source["id"] not in taken else next(each for each in free if each not in taken)
        renamed[source["id"]] = id
        joined.append({**source, "id": id})
    return joined, renamed


def _same_publication(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """The same publication, and nothing that one says of it and the other says otherwise."""
    same = one.get("url") == other.get("url") if one.get("url") and other.get("url") else False
    same = same or (one.get("title"), one.get("publisher")) == (other.get("title"), other.get("publisher"))
    told = (set(one) & set(other)) - {"id", "accessed"}
    return same and all(one[name] == other[name] for name in told)


def _renamed(lost: Validated, values: dict[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """Plain values of a record with other ids of its sources."""
    found: Any = values
    for path, value in walk(lost.record):
        if isinstance(value, SourceId) and path[0] != "sources":
            found = with_value(found, _written_path(values, path), renamed.get(str(value), str(value)))
    return dict(found)


def _written_path(values: Any, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The path as it is written: evidence may be a list, where the model has a mapping with `sources`."""
    found: list[str | int] = []
    for part in path:
        inside = (isinstance(values, dict) and part in values) or (isinstance(values, list) and isinstance(part, int))
        if inside:
            found.append(part)
            values = values[part]
    return tuple(found)


def _conflicts(ours: Any, theirs: Any, path: tuple[str, ...] = ()) -> Iterator[Conflict]:
    for name, value in theirs.items():
        if (not path and name in APART) or name not in ours or ours[name] == value:
            continue
        if _is_part(value) and _is_part(ours[name]):
            yield from _conflicts(ours[name], value, (*path, name))
        elif not (isinstance(value, list) and isinstance(ours[name], list)):
            yield Conflict((*path, name), ours[name], value)


def _is_part(value: Any) -> bool:
    """Whether it is a mapping whose fields stand for themselves; one with sources of its own is one fact."""
    return isinstance(value, dict) and not set(value) & {"sources", "note", "unverified", "state"}


def _together(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], theirs_win: bool, path: tuple[str, ...]
) -> dict[str, Any]:
    made = dict(ours)
    for name, value in theirs.items():
        if not path and name in APART:
            continue
        if name not in made:
            made[name] = value
        elif isinstance(value, list) and isinstance(made[name], list):
            made[name] = [*made[name], *(each for each in value if each not in made[name])]
        elif _is_part(value) and _is_part(made[name]):
            made[name] = _together(made[name], value, theirs_win, (*path, name))
        elif theirs_win:
            made[name] = value
    return made


def _evidence(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], conflicts: list[Conflict], keep: str
) -> dict[str, Any]:
    """The evidence of both; where the two differ on a field, that of the side that wins."""
    lost = {conflict.path[0] for conflict in conflicts if len(conflict.path) == 1}
    made = dict(ours)
    for field, value in theirs.items():
        if field in lost:
            made[field] = value if keep == "from" else ours.get(field, None)
        elif field not in made:
            made[field] = value
        else:
            made[field] = _both(made[field], value)
    if keep == "from":
        made = {field: value for field, value in made.items() if field not in lost or field in theirs}
    return {field: value for field, value in made.items() if value is not None}


def _both(one: Any, other: Any) -> Any:
    """Two pieces of evidence for one fact: all sources; with a note or a doubt, both of them."""
    if one == other or other == "editorial":
        return one
    if one == "editorial":
        return other
    if isinstance(one, list) and isinstance(other, list):
        return _once([*one, *other])
    first = {"sources": one} if isinstance(one, list) else dict(one)
    second = {"sources": other} if isinstance(other, list) else dict(other)
    sources = _once([*first.get("sources", []), *second.get("sources", [])])
    notes = " ".join(dict.fromkeys(str(each["note"]) for each in (first, second) if each.get("note")))
    made = {**second, **first, "sources": sources, "note": notes}
    return {name: value for name, value in made.items() if value}


def _once(items: list[Any]) -> list[Any]:
    return [item for number, item in enumerate(items) if item not in items[:number]]


# -- what differs


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} {_shown(each)}" for name, each in value.items() if name != "sources")
    if isinstance(value, list):
        return ", ".join(_shown(each) for each in value)
    return " ".join(str(value).split())


def _told(lost: Validated, kept: Validated, conflicts: list[Conflict]) -> str:
    lines = [
        line
        for conflict in conflicts
        for line in (
            f"  {conflict.field}",
            f"    {kept.record.id}: {_shown(conflict.ours)}",
            f"    {lost.record.id}: {_shown(conflict.theirs)}",
        )
    ]
    return "\n".join(
        [
            f"Nothing was changed: '{lost.record.id}' and '{kept.record.id}' say different things:",
            *lines,
            "Make them the same, or say which side is right with --keep INTO or --keep FROM; what the other said is "
            "then noted under `disagreements`.",
        ]
    )


def _noted(
    lost: Validated, kept: Validated, conflict: Conflict, ours: Mapping[str, Any], theirs: Mapping[str, Any], keep: str
) -> dict[str, Any]:
    """What the losing side said, with its sources."""
    from_side = keep == "from"
    value = conflict.ours if from_side else conflict.theirs
    side = ours if from_side else theirs
    sources, doubt = _support(side, conflict, value)
    which = "This record had, before another was merged into it:" if from_side else (
        "The record that was merged into this one had:"
    )  # fmt: skip
    noted = {"about": conflict.field, "text": f"{which} {_plain(_shown(value))}{doubt}"}
    return {**noted, **({"sources": _once(sources)} if sources else {})}


def _support(side: Mapping[str, Any], conflict: Conflict, value: Any) -> tuple[list[str], str]:
    """The sources of a value that loses, and what its evidence said beside them."""
    evidence = side.get("evidence", {})
    found = evidence.get(conflict.field, evidence.get(conflict.path[0], []))
    own = list(value.get("sources", [])) if isinstance(value, dict) else []
    if isinstance(found, list):
        return [*own, *found], ""
    if isinstance(found, str):
        return own, " (our own classification)"
    doubt = " (not verified)" if found.get("unverified") else ""
    note = f". Its note: {found['note']}" if found.get("note") else ""
    return [*own, *found.get("sources", [])], f"{doubt}{note}"


def _plain(text: str) -> str:
    """A text that Markdown shows as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>" else sign for sign in text)


def _with_comments_of(checked: Checked, lost: Validated, text: str) -> str:
    """The text with the comments of the file that goes: they may hold what nobody wrote elsewhere."""
    if lost.kind.file:
        return text
    found = [comment for _, comment in comments_of(text_of(checked.files, lost.document.path))]
    comments = [comment for comment in found if "yaml-language-server" not in comment]
    if not comments:
        return text
    return "\n".join([text.rstrip("\n"), f"# From {lost.record.id}:", *comments]) + "\n"


def _said(lost: Validated, kept: Validated, counts: Counter[str]) -> tuple[str, ...]:
    what = lost.kind.singular.lower()
    gone = "" if lost.kind.file else f"\n  content/{lost.document.path} is gone"
    return (
        f"The {what} '{lost.record.id}' is part of '{kept.record.id}' now; its id leads there as a former id.",
        f"  content/{kept.document.path} holds what both said{gone}",
        *counts_told(counts),
    )
