"""Records as the editor names them, and the texts that they are written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.checking import Checked, look
from generator.model.catalogue import Key, Validated
from generator.model.document import Document, Path
from generator.model.kind import Kind
from generator.model.retired import RETIRED, Tombstone
from generator.model.values import near
from generator.problems import Problem, Refused

BOM = "\ufeff"


@dataclass(frozen=True)
class Change:
    """What a command would do: the files as they would be, and what it says of it."""

    files: Mapping[str, bytes | None]
    said: tuple[str, ...] = ()
    before: Mapping[str, bytes] = field(default_factory=dict)
    """The files as they were read."""


def kind_called(kinds: tuple[Kind, ...], written: str) -> Kind | None:
    """The kind of that name, as `programme`; its section `programmes` is understood too."""
    return next((kind for kind in kinds if written in (kind.name, kind.section, kind.section.replace("-", "_"))), None)


def record_called(checked: Checked, written: str) -> Validated:
    """The record that an editor means by `urbelac`, `programme/urbelac` or `content/programmes/urbelac.yml`.

    Raises `Refused` where there is none, or where several kinds have one.
    """
    kinds = checked.catalogue.kinds
    first, _, rest = written.removeprefix("content/").partition("/")
    kind = kind_called(kinds, first) if rest else None
    id = rest.removesuffix(".yml").removesuffix(".md") if kind else written
    found = [
        one
        for one in checked.passed
        if one.record.id == id and one.kind is not RETIRED and (kind is None or one.kind is kind)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        which = " and ".join(one.kind.a for one in found)
        ways = " or ".join(f"{one.kind.name}/{id}" for one in found)
        raise Refused(f"'{id}' is {which}. Write {ways}.")
    raise Refused(_no_record(checked, kind, id))


def _no_record(checked: Checked, kind: Kind | None, id: str) -> str:
    kinds = [kind] if kind else list(checked.catalogue.kinds)
    broken = [d.path for d in checked.documents if d.id == id and d.kind in [k.name for k in kinds]]
    if broken:
        return f"{broken[0]} has problems. Mend them first: catalogue check content/{broken[0]}"
    for each in kinds:
        now = checked.catalogue.aliases.get((each.name, id))
        if now:
            return f"'{id}' is a former id of {each.a}, which is called '{now}' now. Write {each.name}/{now}."
        gone = checked.catalogue.retired.get((each.name, id))
        if gone:
            return f"The {each.singular.lower()} '{id}' was retired on {gone.retired}. There is nothing left to change."
    known = [id for each in kinds for id in checked.catalogue.records.get(each.name, {})]
    what = kind.singular.lower() if kind else "record"
    return f"There is no {what} '{id}'. {near(id, known)}".strip()


def key_of(one: Validated) -> Key:
    """The kind and id of a record."""
    return one.kind.name, one.record.id


def text_of(files: Mapping[str, bytes | str], path: str) -> str:
    """A file as the text that places count in: without the mark that some editors put at its beginning."""
    data = files[path]
    return data if isinstance(data, str) else data.decode("utf-8-sig")


def bytes_of(files: Mapping[str, bytes | str], path: str, text: str) -> bytes:
    """A text as the bytes of a file, with that mark where the file at `path` had it."""
    data = files.get(path, b"")
    marked = isinstance(data, bytes) and data.startswith(BOM.encode())
    return ((BOM if marked else "") + text).encode()


def newline_of(text: str) -> str:
    """How lines end in a text."""
    return "\r\n" if "\r\n" in text else "\n"


# -- nothing is written that would not be clean


def refuse_problems(checked: Checked, paths: Iterable[str]) -> None:
    """Raises `Refused` where a file that is to be changed has problems already: what they hide can't be changed."""
    touched = set(paths)
    found = [problem for problem in checked.problems if problem.place.path in touched]
    if found:
        raise Refused(_listed("These problems stand in files that would change. Mend them first:", found))


def refuse_new_problems(before: Checked, change: Change, moved: Mapping[str, str] | None = None) -> Checked:
    """A look at the content as it would be. Raises `Refused` where it would have problems that it has not now.

    `moved` are files with their new names.
    """
    files = {**before.files, **change.files}
    after = look({path: data for path, data in files.items() if data is not None}, before.catalogue.kinds)
    names = moved or {}
    known = Counter(_sort_of(problem, names) for problem in before.problems)
    new = [problem for problem in after.problems if not _taken_off(known, _sort_of(problem, {}))]
    if new:
        raise Refused(_listed("Nothing was changed, since the records would then have these problems:", new))
    return after


def _sort_of(problem: Problem, names: Mapping[str, str]) -> tuple[str, str, str]:
    path = problem.place.path
    return names.get(path, path), problem.code.slug, problem.message


def _taken_off(known: Counter[tuple[str, str, str]], sort: tuple[str, str, str]) -> bool:
    if not known[sort]:
        return False
    known[sort] -= 1
    return True


MANY = 10
"""So many problems are told at once."""


def _listed(head: str, problems: list[Problem]) -> str:
    lines = [f"  content/{problem}" for problem in problems[:MANY]]
    more = [f"  and {len(problems) - MANY} more"] if len(problems) > MANY else []
    return "\n".join([head, *lines, *more])


def hidden(checked: Checked, old: str) -> list[str]:
    """Files with problems that speak of the id: what they hold can't be seen, so nothing in them can be rewritten."""
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")
    broken = {p.place.path for p in checked.problems} & set(checked.files)
    return [path for path in broken if word.search(_decoded(checked.files[path]))]


def _decoded(data: bytes | str) -> str:
    return data if isinstance(data, str) else data.decode("utf-8", errors="replace")


def counts_told(counts: Mapping[str, int]) -> tuple[str, ...]:
    """How many references were rewritten in which file, in words."""
    total = sum(counts.values())
    if not total:
        return ("Nothing else named it.",)
    head = "1 reference was rewritten:" if total == 1 else f"{total} references were rewritten:"
    return (head, *(f"  content/{path}: {count}" for path, count in sorted(counts.items()) if count))


# -- values at paths


def with_value(values: Any, path: Path, new: Any) -> Any:
    """A copy of plain values with another one at a path. Parts of the path that are no key or index are passed over."""
    if not path:
        return new
    part, rest = path[0], path[1:]
    if isinstance(values, dict) and part in values:
        return {**values, part: with_value(values[part], rest, new)}
    if isinstance(values, list) and isinstance(part, int) and part < len(values):
        return [*values[:part], with_value(values[part], rest, new), *values[part + 1 :]]
    return with_value(values, rest, new)


def document_of(checked: Checked, kind: str, id: str) -> Document | None:
    """The record as it is written, or None."""
    return next((d for d in checked.documents if (d.kind, d.id) == (kind, id)), None)


def is_tombstone(one: Validated) -> bool:
    """Whether it is what stays of a record that was taken out."""
    return isinstance(one.record, Tombstone)
