"""`rename`: another id for a record, and every reference to it rewritten; the former id leads to the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from generator.checking import Checked
from generator.editing.mentions import Mention, mentions, relinked, short_page
from generator.editing.patches import apply, extents, scalar
from generator.editing.records import (
    Change,
    bytes_of,
    counts_told,
    document_of,
    hidden,
    key_of,
    newline_of,
    record_called,
    refuse_new_problems,
    refuse_problems,
    text_of,
    with_value,
)
from generator.model.catalogue import Validated
from generator.model.document import Document, Mark
from generator.model.kind import Kind
from generator.model.values import RESERVED
from generator.problems import Patch, Place, Refused

OURS = {("group", "EU"): "The programs of the catalogue speak of the European Union by this id."}
"""Records that have a part in the rules, with the reason why they keep their ids."""


def rename(checked: Checked, old: str, new: str) -> Change:
    """The change that gives the record `old` the id `new`. Raises `Refused` with the reason where that can't be."""
    one = record_called(checked, old)
    new = new.removeprefix(f"{one.kind.name}/").removeprefix(f"{one.kind.section}/")
    _refuse_id(checked, one, new)
    named = list(mentions(checked, key_of(one)))
    named = [mention for mention in named if mention.id == one.record.id]
    texts = {path: text_of(checked.files, path) for path in _files_of(one, named, checked)}
    refuse_problems(checked, [*texts, *hidden(checked, one.record.id)])
    references = {path: _rewritten(text, path, named, new) for path, text in texts.items()}
    own = _own_file(one, new)
    changed, links = _linked(checked, one, new, {**references, one.document.path: _renamed(one, new, named, texts)})
    files = {path: bytes_of(checked.files, path, text) for path, text in changed.items()}
    moved = {own: files.pop(one.document.path), one.document.path: None} if own != one.document.path else {}
    change = Change({**files, **moved}, _said(one, new, named, links), _before(checked, texts, changed))
    after = refuse_new_problems(checked, change, {one.document.path: own})
    _refuse_unexpected(checked, after, one, new, named)
    return change


def _before(checked: Checked, *paths: Mapping[str, Any]) -> dict[str, bytes]:
    names = {path for group in paths for path in group}
    return {path: data for path, data in checked.files.items() if path in names and isinstance(data, bytes)}


# -- what may not be


def _refuse_id(checked: Checked, one: Validated, new: str) -> None:
    kind, old = one.kind, one.record.id
    if kind.name == "country":
        raise Refused(f"A country is called by its ISO 3166-1 code, so '{old}' stays. Names come from CLDR.")
    if (kind.name, old) in OURS:
        raise Refused(f"'{old}' stays: {OURS[kind.name, old]}")
    if kind.name == "page" and (old == "index" or old.endswith("/index")):
        raise Refused(f"'{old}' is the front of its section, which the navigation of the site names; it stays.")
    if new == old:
        raise Refused(f"It is called '{old}' already.")
    refuse_id(checked, kind, new, own=key_of(one))


def refuse_id(checked: Checked, kind: Kind, new: str, own: tuple[str, str] | None = None) -> None:
    """Raises `Refused` where no record of this kind may be called so, but for `own` by a former id of its own."""
    if not kind.is_id(new):
        taken = new.lower() in RESERVED and kind.name != "page"
        hint = f"'{new}' is taken by the site or by an operating system; choose another." if taken else FORMS.get(
            kind.name, "Write lower case letters, digits and single hyphens, as eu-chile-fund."
        )  # fmt: skip
        raise Refused(f"'{new}' is no id of {kind.a}. {hint}")
    space = ("country", "group") if kind.name in ("country", "group") else (kind.name,)
    for name in space:
        owner = _owner(checked, name, new)
        if owner and owner[0] != own:
            raise Refused(f"'{new}' {owner[1]} Choose another: ids are never used again.")


FORMS = {
    "group": "Write capitals, digits and single hyphens, as SICA.",
    "country": "Write its ISO 3166-1 code, as CL.",
    "page": "Write its place below content/pages, as about/partnership.",
}


def _owner(checked: Checked, kind: str, id: str) -> tuple[tuple[str, str], str] | None:
    """Who has an id, had it, or has it in a file that could not be read; and what to say of it."""
    low = id.lower()
    for one in checked.passed:
        if one.kind.name == kind and low == one.record.id.lower():
            return key_of(one), f"is the id of «{one.record.title}» (content/{one.document.path})."
        if one.kind.name == kind and low in {alias.lower() for alias in one.record.aliases}:
            return key_of(one), f"is a former id of «{one.record.title}» (content/{one.document.path})."
    for (gone_kind, gone_id), gone in checked.catalogue.retired.items():
        if (gone_kind, gone_id.lower()) == (kind, low):
            return ("retired", gone.id), f"was «{gone.name}», which was retired on {gone.retired}."
    for document in checked.documents:
        if (document.kind, document.id.lower()) == (kind, low):
            return (kind, document.id), f"has a file already: content/{document.path}."
    return None


# -- the new texts


def _files_of(one: Validated, named: list[Mention], checked: Checked) -> list[str]:
    """The files that change: its own, and those that name it."""
    return sorted({one.document.path, *(mention.place.path for mention in named)})


def _own_file(one: Validated, new: str) -> str:
    if one.kind.file:
        return one.kind.file
    ending = one.document.path.rpartition(".")[2]
    return f"{one.kind.folder}/{new}.{ending}"


def _rewritten(text: str, path: str, named: list[Mention], new: str) -> str:
    return apply(text, _patches(text, path, named, new))


def _patches(text: str, path: str, named: list[Mention], new: str) -> list[Patch]:
    spots = {mention.place: f"{mention.before}{new}" for mention in named if mention.place.path == path}
    ends = extents(text) if spots else {}
    return [replaced(spot, ends, value) for spot, value in sorted(spots.items())]


def replaced(spot: Place, ends: Mapping[tuple[int, int], tuple[int, int]], value: str) -> Patch:
    """The patch that puts a text of one line in the place of the scalar that begins there."""
    return Patch(spot.path, spot.line, spot.column, ends[spot.line, spot.column], scalar(value, flow=True))


def _renamed(one: Validated, new: str, named: list[Mention], texts: Mapping[str, str]) -> str:
    """The text of the record's own file: its id, its former ids, and what names it there."""
    document, text = one.document, texts[one.document.path]
    ends = extents(text)
    patches = _patches(text, document.path, named, new)
    if one.kind.name != "page":
        id_place = document.place(() if one.kind.file else ("id",))
        patches.append(replaced(id_place, ends, new))
    return apply(text, [*patches, alias_patch(one, text, one.record.id, instead_of=new)])


def alias_patch(one: Validated, text: str, alias: str, *, instead_of: str = "") -> Patch:
    """The patch that notes a former id; where `instead_of` was one, it is one no longer."""
    document, ends = one.document, extents(text)
    written = list(map(str, one.record.aliases))
    if instead_of in written:
        return replaced(document.place(("aliases", written.index(instead_of))), ends, alias)
    if written:
        return _after_last_alias(document, text, ends, len(written) - 1, alias)
    return _first_alias(one, text, ends, alias)


def _after_last_alias(
    document: Document, text: str, ends: Mapping[tuple[int, int], tuple[int, int]], last: int, alias: str
) -> Patch:
    """In `[a, b]` after a comma; in a list of lines on a line of its own."""
    spot = document.place(("aliases", last))
    end = ends[spot.line, spot.column]
    start = document.place(("aliases",))
    line = text.splitlines()[spot.line - 1]
    lead = line[: spot.column - 1]
    flow = _sign_at(text, start) == "["
    new = f", {scalar(alias, flow=True)}" if flow else f"{newline_of(text)}{lead}{scalar(alias)}"
    return Patch(document.path, *end, end, new)


def _sign_at(text: str, place: Place) -> str:
    return text.splitlines()[place.line - 1][place.column - 1]


def _first_alias(one: Validated, text: str, ends: Mapping[tuple[int, int], tuple[int, int]], alias: str) -> Patch:
    """Below the id; in a file of many records, and on a page, before the first field."""
    field = f"aliases: [{scalar(alias, flow=True)}]"
    keys: Mapping[str, tuple[int, int, Mark]] = one.document.mark.keys or {}
    if "id" in keys and not one.kind.file:
        line, column, value = keys["id"]
        end = ends[value.line, value.column]
        rest = text.splitlines()[end[0] - 1][end[1] - 1 :]
        spot = (end[0], end[1] + len(rest.rstrip("\r\n")))
        return Patch(one.document.path, *spot, spot, f"{newline_of(text)}{' ' * (column - 1)}{field}")
    line, column, _ = min(keys.values(), key=lambda mark: mark[:2])
    before = text.splitlines()[line - 1][: column - 1]
    in_braces = before.rstrip().endswith("{")
    lead = f"{field}, " if in_braces else f"{field}{newline_of(text)}{' ' * (column - 1)}"
    return Patch(one.document.path, line, column, (line, column), lead)


def _linked(
    checked: Checked, one: Validated, new: str, texts: Mapping[str, str]
) -> tuple[dict[str, str], Counter[str]]:
    """The texts, with the links of pages that lead to the record; and how many there were in each file."""
    old_page, new_page = short_page(one.kind, one.record.id), short_page(one.kind, new)
    changed, counts = dict(texts), Counter[str]()
    for page in checked.passed:
        if page.kind.name != "page":
            continue
        path = page.document.path
        text = changed[path] if path in changed else text_of(checked.files, path)
        moved_to = new_page if page is one else ""
        text, count = relinked(
            text, short_page(page.kind, page.record.id), lambda p: new_page if p == old_page else p, moved_to=moved_to
        )
        counts[path] += count
        if count or path in changed:
            changed[path] = text
    return changed, counts


# -- what came of it


def _refuse_unexpected(before: Checked, after: Checked, one: Validated, new: str, named: list[Mention]) -> None:
    """The guard: what is read afterwards must be just what was meant, else nothing is written."""
    wanted = {(d.kind, d.id): d.values for d in before.documents}
    for mention in named:
        key = mention.document.kind, mention.document.id
        wanted[key] = _with_mention(wanted[key], mention, new)
    old = wanted.pop(key_of(one))
    former = list(old.get("aliases", []))
    aliases = [one.record.id if each == new else each for each in former]
    aliases += [] if new in former else [one.record.id]
    named_id = {"id": new} if "id" in old else {}
    wanted[one.kind.name, new] = {**old, **named_id, "aliases": aliases}
    found = {(d.kind, d.id): d.values for d in after.documents}
    wrong = [key for key in wanted if _fields(wanted[key]) != _fields(found.get(key))]
    if wrong or set(found) != set(wanted):
        where = document_of(before, *wrong[0]) if wrong else None
        raise Refused(
            f"Nothing was changed: the way in which {where.path if where else 'the file'} is written is not understood "
            "well enough to change it. Rename by hand, and tell us of it."
        )


def _fields(values: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """All but the text of a page, whose links may have changed."""
    return values and {name: value for name, value in values.items() if name != "body"}


def _with_mention(values: Any, mention: Mention, new: str) -> Any:
    if not mention.at_key:
        return with_value(values, mention.path, f"{mention.before}{new}")
    old = mention.path[-1]
    evidence = {f"{mention.before}{new}" if key == old else key: v for key, v in values["evidence"].items()}
    return {**values, "evidence": evidence}


def _said(one: Validated, new: str, named: list[Mention], links: Counter[str]) -> tuple[str, ...]:
    what = one.kind.singular.lower()
    counts = Counter(mention.place.path for mention in named) + links
    own = _own_file(one, new)
    where = f"content/{own}" if one.kind.file else f"content/{one.document.path} is now content/{own}"
    return (
        f"The {what} '{one.record.id}' is now '{new}'; the former id still leads to it.",
        f"  {where}",
        *counts_told(counts),
    )
