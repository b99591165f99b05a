"""A catalogue in which every text of every field is an attack: the fields are read from the models, so a new one is
attacked at once. The attacks stand in `tests/hostile/*.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest
import yaml
from conftest import HERE, TODAY, base_files
from site_fixture import build_site
from strategies import BASE, OWN, file_of

from generator.build import build
from generator.kinds import KINDS
from generator.model.kind import Kind
from generator.model.parts import AreaLink, Participant
from generator.model.values import (
    Currency,
    Date,
    End,
    FieldPath,
    Line,
    Model,
    Moment,
    Number,
    Prose,
    Reference,
    RefersTo,
    SourceId,
    Url,
    Vocabulary,
    Whole,
)
from generator.render import Site


def attacks(name: str) -> Any:
    """A file of attacks."""
    return yaml.safe_load((HERE / "hostile" / f"{name}.yml").read_text(encoding="utf-8"))


LINES: dict[str, str] = attacks("lines")
PROSES: dict[str, str] = attacks("proses")
EVERYTHING = " ".join(LINES[name] for name in LINES if name not in ("long", "combining"))
"""All attacks of one line in one text: what breaks out of any place breaks out here."""
URLS = (
    "https://example.org/'onmouseover='spring(1)'?a=b&c=%22&lt;#x%7B%7B7*7%7D%7D",
    "https://user:pass@example.org/%3Cscript%3Espring(1)%3C/script%3E?x=';spring(1);'&amp;y=)[x](z",
    "http://example.org/*_~$(x)%00%0d%0aSet-Cookie:x#javascript:spring(1)",
)
"""Addresses that pass, as far as they do: `{`, `|`, backticks and backslashes do not."""


@dataclass
class Attacker:
    """Fills fields: texts in turn, so that each field of a kind gets another and together they get all."""

    lines: Iterator[str]
    proses: Iterator[str] = field(default_factory=lambda: cycle(PROSES.values()))
    urls: Iterator[str] = field(default_factory=lambda: cycle(URLS))
    hit: set[str] = field(default_factory=set)
    """The fields that were given an attack, as `Model.field`."""

    def value(self, hint: Any, name: str = "") -> Any:
        """What is written for a field with this annotation; None for one that only refers inside of its record."""
        plain = PLAIN.get(hint) if isinstance(hint, type) else next((v for h, v in WRITTEN if h == hint), None)
        if plain is not None:
            return plain
        if hint in (Line, Prose, Url):
            self.hit.add(name)
            return next({Line: self.lines, Prose: self.proses, Url: self.urls}[hint])
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            refers = next((each for each in arguments[1:] if isinstance(each, RefersTo)), None)
            return _first(refers.kinds) if refers and arguments[0] is Reference else self.value(arguments[0], name)
        if origin in (Union, UnionType):
            return self.value(next(each for each in arguments if each is not NoneType), name)
        if origin is tuple:
            made = self.value(arguments[0], name)
            return [] if made is None else [made]
        if isinstance(hint, type) and issubclass(hint, Vocabulary):
            return str(next(iter(hint)))
        return self.fields(hint) if isinstance(hint, type) and issubclass(hint, Model) else None

    def fields(self, model: type[Model], leave_out: tuple[str, ...] = ("unverified",)) -> dict[str, Any]:
        """A value for every field of a model."""
        hints = get_type_hints(model, include_extras=True)
        made = {
            fact.alias or name: self.value(hints[name], f"{model.__name__}.{name}")
            for name, fact in model.model_fields.items()
            if name not in leave_out
        }
        made = {name: value for name, value in made.items() if value is not None}
        record = {Participant: "organisation", AreaLink: "area"}.get(model)
        if record in made and "text" in made:  # a record, or a text for what has none
            del made[record]
        return made


def _first(kinds: tuple[str, ...]) -> str:
    return next(id for kind in kinds for id in BASE.records[kind])


PLAIN: dict[Any, Any] = {SourceId: "s1", FieldPath: None, bool: False, str: None}
WRITTEN: list[tuple[Any, Any]] = [
    (Date, "2012-06"), (Moment, "2012-06"), (End, "2013-07"), (Number, "1500000"), (Whole, "7"), (Currency, "EUR"),
]  # fmt: skip


def hostile_record(kind: Kind, attacker: Attacker) -> dict[str, Any]:
    """A record of a kind in which every text is an attack."""
    made = attacker.fields(kind.model, leave_out=OWN)
    sources = [{**attacker.fields(SOURCE), "id": "s1"}, {**attacker.fields(SOURCE), "id": "s2"}]
    evidence = {"sources": ["s1", "s2"], "unverified": True, "note": next(attacker.proses)}
    first = next(name for name, value in made.items() if value not in ([], {}, None) and name != "body")
    doubt = {"about": [first], "text": next(attacker.proses), "sources": ["s1"]}
    return _mended(kind, {**made, "evidence": {first: evidence}, "disagreements": [doubt], "sources": sources})


SOURCE = get_args(get_type_hints(KINDS[0].model)["sources"])[0]


def _mended(kind: Kind, made: dict[str, Any]) -> dict[str, Any]:
    """The record without what a rule over several fields would refuse."""
    if kind.name == "dialogue":
        made = {name: value for name, value in made.items() if name not in ("start", "end")}
    if kind.file:
        sources = made.pop("sources")
        made["_sources"] = sources
    return made


def hostile_files() -> dict[str, str]:
    """The small catalogue with two hostile records of each kind: all attacks in each field, and each in turn."""
    files = base_files()
    for number, lines in enumerate((cycle([EVERYTHING]), cycle(LINES.values()))):
        for kind in KINDS:
            made = hostile_record(kind, Attacker(lines))
            files = _put(files, kind, ids_of(kind)[number], made)
    return files


def ids_of(kind: Kind) -> tuple[str, str]:
    """Ids for two more records of a kind."""
    known = {
        "country": ("JM", "BB"),
        "group": ("HOSTILE-A", "HOSTILE-B"),
        "page": ("about/hostile-a", "about/hostile-b"),
    }
    return known.get(kind.name, ("hostile-a", "hostile-b"))


def _put(files: dict[str, str], kind: Kind, id: str, made: dict[str, Any]) -> dict[str, str]:
    """With a record more; in a file of many, its publications join those of the file under names of their own."""
    if kind.file:
        sources = made.pop("_sources")
        renamed = {"s1": f"{id.lower()}-s1", "s2": f"{id.lower()}-s2"}
        table = yaml.safe_load(files[kind.file])
        listed = [*(table.get("sources") or []), *({**each, "id": renamed[each["id"]]} for each in sources)]
        files = files | {kind.file: yaml.safe_dump({**table, "sources": listed}, allow_unicode=True)}
        made = _renamed(made, renamed)
    return file_of(kind, id, made)(files)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Hostile:
    """The hostile catalogue: its files, all that they build, and the site made of that."""

    files: Mapping[str, str]
    tree: Mapping[str, str | bytes]
    site: Path

    def texts(self, *endings: str) -> dict[str, str]:
        """The texts of the tree with these endings."""
        found = {path: data for path, data in self.tree.items() if path.endswith(endings)}
        return {path: data if isinstance(data, str) else data.decode() for path, data in found.items()}


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, site_address: str) -> Hostile:
    """The hostile catalogue, built once."""
    files = hostile_files()
    site = Site("A catalogue", "What it is.", "https://git.example.org/x/y", site_address)
    built = build(files, TODAY, site)
    assert not built.problems, "\n".join(map(str, built.problems))
    return Hostile(files, built.tree, build_site(built.tree, tmp_path_factory.mktemp("hostile")))
