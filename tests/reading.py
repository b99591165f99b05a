"""What data say, read back into a record: the inverse of `generator.export.plain`, for tests of every format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from generator.export.plain import sources
from generator.model.evidence import Record
from generator.model.kind import Kind


def as_written(value: Any) -> Any:
    """A value of JSON as `read` would hand it to a model: numbers are texts again."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, dict):
        return {name: as_written(inner) for name, inner in value.items()}
    return [as_written(inner) for inner in value]


def record_from(
    kind: Kind,
    id: str,
    stated: Mapping[str, Any],
    *,
    aliases: Sequence[str] = (),
    evidence: Mapping[str, Any] | None = None,
    disagreements: Sequence[Any] = (),
    cited: Sequence[Any] = (),
) -> Record:
    """The record that the data tell of. Raises what pydantic raises where they are not one."""
    values = {
        "id": id,
        "aliases": aliases,
        **stated,
        "evidence": evidence or {},
        "disagreements": disagreements,
        "sources": cited,
    }
    return kind.model.model_validate(as_written(values))


def with_own_sources(record: Record) -> Record:
    """A record of a table with those publications alone that it names itself, as all data give them."""
    named = {source["id"] for source in sources(record)}
    return record.model_copy(update={"sources": tuple(s for s in record.sources if s.id in named)})
