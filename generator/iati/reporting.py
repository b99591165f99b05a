"""What an import tells in the end: for people, and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from generator.iati.importing import Drafted, Result

FATES = {
    "drafted": "drafted",
    "renewed": "drafted anew: the file says more or other things than before",
    "unchanged": "unchanged: drafted before",
    "edited": "left alone: the draft was edited by hand since, and the file says other things now",
    "partial": "left alone: made of more activities than these files hold; name all its files, or delete the draft",
    "unsound": "could not be drafted: a mistake of the catalogue's program, please report it",
    "exists": "exists: compare with the record, which was not changed",
}
MOST = 20
"""So many lines of one sort are told to people; `--format json` tells all."""


def as_json(result: Result) -> str:
    """All of it as one JSON object."""
    told = {
        "files": [asdict(info) | {"activities": result.read[info.name]} for info in result.infos],
        "programmes": [asdict(each) for each in result.drafted],
        "skipped": [asdict(each) for each in result.skipped],
        "findings": [asdict(each) for each in result.findings],
        "foreign_elements": dict(result.foreign),
        "dac_codes_without_theme": dict(result.unmapped),
        "parents_not_in_the_files": {parent: list(heads) for parent, heads in result.orphans.items()},
        "written": sorted(result.files),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_text(result: Result, folder: str, *, dry: bool) -> str:
    """All of it in sentences; long lists are cut."""
    return "\n".join(_lines(result, folder, dry)) + "\n"


def _lines(result: Result, folder: str, dry: bool) -> Iterator[str]:
    for info in result.infos:
        made = f", made on {info.generated}" if info.generated else ""
        yield f"{info.name}: {_counted(result.read[info.name], 'activity')} read (IATI {info.version}{made})."
    for fate, words in FATES.items():
        found = [each for each in result.drafted if each.fate == fate]
        if found:
            yield f"{_counted(len(found), 'programme')} {words}."
            yield from _cut([line for each in found for line in _programme(each, folder)])
    merged = sum(len(each.identifiers) for each in result.drafted if len(each.identifiers) > 1)
    if merged:
        groups = sum(len(each.identifiers) > 1 for each in result.drafted)
        yield f"{_counted(merged, 'activity')} were merged into {_counted(groups, 'programme')} by their relations."
    yield from _skipped(result)
    if result.findings:
        yield f"{_counted(len(result.findings), 'thing')} in the files to look at:"
        yield from _cut([f"  {each}" for each in result.findings])
    yield from _counts(result)
    yield _end(result, folder, dry)


def _programme(each: Drafted, folder: str) -> Iterator[str]:
    if each.fate == "exists":
        yield f"  programme/{each.id}: «{each.name}» ({each.identifiers[0]})"
        for found in each.differences:
            yield f"    {found.sort}: {found.field}: {found.value}"
        if not each.differences:
            yield "    It adds nothing."
        return
    count = len(each.identifiers)
    of = f", of {_counted(count, 'activity')}" if count > 1 else ""
    yield f"  {folder}/programmes/{each.id}.yml: «{each.name}»{of}"
    if each.why:
        yield f"    {each.why}"
    for other in each.swallowed:
        yield f"    Holds the activities of {folder}/programmes/{other}.yml too; compare, then delete that draft."
    if each.perhaps:
        yield f"    Perhaps the same as programme/{each.perhaps}, whose letters stand in its name."


def _skipped(result: Result) -> Iterator[str]:
    reasons = Counter(each.why for each in result.skipped)
    if result.skipped:
        yield f"{_counted(len(result.skipped), 'activity')} left out:"
    for why, count in reasons.most_common():
        first = next(each for each in result.skipped if each.why == why)
        yield f"  {count}: {why} (the first: {first.file}, line {first.line})"


def _counts(result: Result) -> Iterator[str]:
    if result.unmapped:
        told = ", ".join(f"{code} in {count}" for code, count in result.unmapped.items())
        yield f"DAC sectors for which the catalogue has no theme, and in how many drafts they stand: {told}."
    if result.foreign:
        total = sum(result.foreign.values())
        yield f"{_counted(total, 'element')} of other namespaces passed over: {', '.join(result.foreign)}."
    if result.orphans:
        yield f"{_counted(len(result.orphans), 'parent')} in none of the files; name their files too to merge these:"
        yield from _cut([f"  {parent}: {_counted(len(heads), 'activity')}" for parent, heads in result.orphans.items()])


def _end(result: Result, folder: str, dry: bool) -> str:
    count = len(result.files)
    if dry:
        return f"Nothing was written; {_counted(count, 'draft')} would be, to {folder}/programmes/."
    if not count:
        return "Nothing was written."
    return f"{_counted(count, 'draft')} written to {folder}/programmes/. Read each before you move it into the content."


def _cut(lines: list[str]) -> Iterable[str]:
    more = [f"  and {len(lines) - MOST} lines more: --format json tells all"] if len(lines) > MOST else []
    return [*lines[:MOST], *more]


def _counted(count: int, what: str) -> str:
    many = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{count} {what if count == 1 else many}"
