"""Records become a Catalogue: every reference is looked up, and every link is known at both ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.model.catalogue import Catalogue, Key, Link, Validated
from generator.model.document import Document, Path
from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.values import Reference, near, same, written
from generator.model.walk import walk
from generator.problems import Code, Fault, Problem


def link(
    passed: list[Validated], documents: list[Document], kinds: tuple[Kind, ...]
) -> tuple[Catalogue, list[Problem]]:
    """The catalogue, and references that lead nowhere. `documents` tells which records exist but failed."""
    problems = list(_doubles(passed))
    catalogue = _catalogue(passed, kinds)
    # without an id: a table that could not be read, so that any record of the kind may be in it
    failed = {(d.kind, d.id) for d in documents} - {(v.kind.name, v.record.id) for v in passed}
    links: dict[Key, list[Link]] = defaultdict(list)
    for one in passed:
        for path, value in walk(one.record):
            if isinstance(value, Reference):
                target = _target(catalogue, value)
                if target:
                    links[target].append(Link(one.kind.name, one.record.id, path))
                elif not any({(kind, str(value)), (kind, "")} & failed for kind in value.kinds):
                    problems.append(one.document.problem(_unknown(catalogue, path, value)))
    linked = Catalogue(kinds, catalogue.records, {k: tuple(v) for k, v in sorted(links.items())}, catalogue.aliases)
    for one in passed:
        for rule in one.kind.linked_checks:
            problems += [one.document.problem(fault) for fault in rule(one.record, linked)]
    return linked, problems


def _catalogue(passed: list[Validated], kinds: tuple[Kind, ...]) -> Catalogue:
    records: dict[str, dict[str, Record]] = {kind.name: {} for kind in kinds}
    aliases: dict[Key, str] = {}
    for one in sorted(passed, key=lambda v: v.record.id):
        records[one.kind.name].setdefault(one.record.id, one.record)
        for alias in one.record.aliases:
            aliases[one.kind.name, str(alias)] = one.record.id
    return Catalogue(kinds, records, {}, aliases)


def _target(catalogue: Catalogue, reference: Reference) -> Key | None:
    for kind in reference.kinds:
        found = catalogue.find(kind, str(reference))
        if found:
            return kind, found.id
    return None


def _unknown(catalogue: Catalogue, path: Path, reference: Reference) -> Fault:
    elsewhere = [kind for kind in catalogue.kinds if catalogue.find(kind.name, str(reference))]
    if elsewhere:
        wanted = " or ".join(kind.a for kind in catalogue.kinds if kind.name in reference.kinds)
        message = f"'{reference}' is {elsewhere[0].a}; here {wanted} is wanted."
        return Fault(path, Code.WRONG_KIND, message, "Move it to the field for its kind.")
    wanted = " or ".join(kind.singular.lower() for kind in catalogue.kinds if kind.name in reference.kinds)
    known = [id for kind in reference.kinds for id in catalogue.records.get(kind, {})]
    certain = same(str(reference), known) or _respelt(catalogue, reference)
    hint = f"Did you mean '{certain}'?" if certain else near(str(reference), known)
    message = f"There is no {wanted} '{reference}'."
    return Fault(path, Code.UNKNOWN_REFERENCE, message, hint or "Add its record first.", mend=written(certain))


def _respelt(catalogue: Catalogue, reference: Reference) -> str | None:
    """The id of the record that stands under another code elsewhere."""
    meant = (k.respell(str(reference)) for k in catalogue.kinds if k.name in reference.kinds)
    return next((id for id in meant if id and any(catalogue.find(kind, id) for kind in reference.kinds)), None)


def _address(one: Validated) -> str:
    """The id; for a page what its address is made of, where a/index.md and a.md are the same."""
    return one.record.id.removesuffix("/index") if one.kind.name == "page" else one.record.id


def _doubles(passed: list[Validated]) -> Iterator[Problem]:
    """An id or alias that two records of a kind claim; countries and groups share one name space."""
    owners: dict[Key, Validated] = {}
    ids: list[tuple[Validated, str, Path]] = [(one, _address(one), ()) for one in passed]
    aliases = [(one, str(a), ("aliases", n)) for one in passed for n, a in enumerate(one.record.aliases)]
    for one, name, path in [*ids, *aliases]:
        space = "party" if one.kind.name in ("country", "group") else one.kind.name
        other = owners.setdefault((space, name.lower()), one)
        if other is not one:
            message = f"'{name}' belongs to {other.document.path} already."
            fault = Fault(path, Code.DUPLICATE_ID, message, "Choose another; ids are never used again.", not path)
            yield one.document.problem(fault)
