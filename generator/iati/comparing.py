"""What a draft would add to a record that people wrote, told field by field; nothing of the record is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.iati.drafting import Draft

LEFT_ALONE = frozenset({"id", "evidence", "sources", "disagreements"})


@dataclass(frozen=True)
class Difference:
    """One field: what the file has, and whether the record has nothing there, less, or something else."""

    field: str
    sort: str
    """`adds`, `adds to`, `says more exactly` or `says otherwise`."""
    value: str


def compare(values: Mapping[str, Any], draft: Draft) -> tuple[Difference, ...]:
    """How the values of a record, as written, differ from those of a draft."""
    return tuple(found for name in draft.values if name not in LEFT_ALONE for found in _field(name, values, draft))


def _field(name: str, values: Mapping[str, Any], draft: Draft) -> Iterator[Difference]:
    new, old = draft.values[name], values.get(name)
    if (name == "name" and new in _names(values)) or (name == "summary" and not draft.group.head.descriptions):
        return
    if old is None:
        yield Difference(name, "adds", _told(new))
    elif isinstance(new, list) and isinstance(old, list):
        known = {_key(each) for each in old}
        more = [each for each in new if _key(each) not in known]
        if more:
            yield Difference(name, "adds to", _told(more))
    elif isinstance(old, str) and name in ("start", "end") and str(new).startswith(f"{old}-"):
        yield Difference(name, "says more exactly", _told(new))
    elif _key(new) != _key(old):
        yield Difference(name, "says otherwise", _told(new))


def _names(values: Mapping[str, Any]) -> set[str]:
    others = (other.get("name") for other in values.get("other_names") or () if isinstance(other, dict))
    return {str(name) for name in (values.get("name"), values.get("short_name"), *others) if name}


def _key(value: Any) -> Any:
    """What makes two values the same, whatever their notes and sources say."""
    if not isinstance(value, dict):
        return str(value)
    names = ("name", "organisation", "text", "state", "amount", "currency", "basis")
    return tuple((name, str(value[name])) for name in names if name in value)


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_told(each) for each in value)
    if isinstance(value, dict):
        if "amount" in value:
            return f"{value['amount']} {value['currency']} ({value['label']})"
        return str(next(value[name] for name in ("name", "organisation", "text", "state") if name in value))
    text = str(value)
    return text if len(text) <= 160 else f"{text[:157]} …"
