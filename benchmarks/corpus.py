"""A corpus of valid records, made from the models: when a model changes, so does the corpus.

Each programme is filled until it has the size and the number of references asked for; all are equal but
for names, numbers and what they refer to. The same seed gives the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel

from generator.checking import check
from generator.kinds.programme import Programme
from generator.model.evidence import Source, field_order
from generator.model.values import FieldPath, Line, Prose, RefersTo, SourceId, Url, Vocabulary

WORDS = """
regional cohesion border policy exchange city network training study visit innovation cluster trade water energy
forest health school justice youth gender migration transport harbour market valley coast council
""".split()
COUNTRIES = ("AR", "BO", "BR", "CL", "CO", "CR", "EC", "GT", "MX", "PA", "PE", "UY")
THEMES = tuple(f"theme-{number}" for number in range(20))
SKIPPED = frozenset(
    {"id", "aliases", "evidence", "disagreements", "sources", "unverified", "reported_status", "related"}
)


class Maker:
    """Makes written values for a model's fields: texts, lists and mappings, as an editor would type them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self, count: int) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(count)).capitalize()

    def prose(self) -> str:
        return " ".join(f"{self.text(self.random.randint(6, 10))}." for _ in range(2))

    def model(self, model: type[BaseModel], depth: int = 0) -> dict[str, Any]:
        """A value for every field of a model that does not nest too deep."""
        made = {}
        for name in field_order(model):
            field = model.model_fields[name]
            if name in SKIPPED:
                continue
            value = self.value(field.annotation, field.metadata, name, depth)
            if value is not None:
                made[field.alias or name] = value
        if {"organisation", "area"} & set(made):
            made.pop("text", None)
        if "sources" in model.model_fields and model is not Programme:
            made["sources"] = [f"s{self.random.randint(1, 4)}"]
        return made

    def value(self, annotation: Any, metadata: list[Any], name: str, depth: int) -> Any:
        """A written value for a type, or None to leave the field out."""
        for part in metadata:
            if isinstance(part, RefersTo):
                return self.reference(part.kinds)
        if get_origin(annotation) is tuple:
            return self.several(get_args(annotation)[0], name, depth)
        inner = [part for part in get_args(annotation) if part is not type(None)]
        if inner and get_origin(annotation) is not tuple:
            first = inner[0]
            return self.value(first, [*metadata, *getattr(first, "__metadata__", ())], name, depth)
        if not isinstance(annotation, type):
            return None
        return self.plain(annotation, name, depth)

    def plain(self, annotation: type, name: str, depth: int) -> Any:
        if issubclass(annotation, BaseModel):
            return self.model(annotation, depth + 1) if depth < 2 else None
        if issubclass(annotation, Vocabulary):
            return self.random.choice(list(annotation)).value
        if issubclass(annotation, Prose):
            return self.prose()
        if issubclass(annotation, Url):
            return f"https://example.org/{self.random.randint(1, 10**6)}"
        if issubclass(annotation, Line):
            return self.text(3)
        return self.named(annotation, name)

    def named(self, annotation: type, name: str) -> Any:
        """Dates, numbers and codes, whose types tell less than their names."""
        if annotation.__name__ == "PartialDate":
            return f"{2020 if name == 'end' else 2012}-{self.random.randint(1, 12):02}"
        if annotation.__name__ in ("Decimal", "int"):
            return str(self.random.randint(1, 10**7))
        return "EUR" if name == "currency" else None

    def several(self, item: Any, name: str, depth: int) -> Any:
        if isinstance(item, type) and issubclass(item, SourceId | FieldPath):
            return None
        count = {"activities": 2, "countries": 3, "themes": 3}.get(name, 1)
        metadata = list(getattr(item, "__metadata__", ()))
        base = get_args(item)[0] if metadata else item
        made = [self.value(base, metadata, name, depth) for _ in range(count if depth == 0 else 1)]
        return list(dict.fromkeys(made)) if made and isinstance(made[0], str) else [m for m in made if m] or None

    def reference(self, kinds: tuple[str, ...]) -> str | None:
        known = {"country": COUNTRIES, "theme": THEMES, "organisation": ("body-1", "body-2", "body-3")}
        return self.random.choice(known[kinds[0]]) if kinds[0] in known else None


def base_files() -> dict[str, str]:
    """What the programmes refer to."""
    return {
        "countries.yml": _dump({"records": {code: {"side": "lac"} for code in COUNTRIES}}),
        "themes.yml": _dump({"records": {theme: {"labels": {"en": theme}} for theme in THEMES}}),
        "organisations.yml": _dump({"records": {f"body-{n}": {"name": f"Body {n}"} for n in (1, 2, 3)}}),
    }


def corpus(count: int) -> dict[str, str]:
    """`count` programmes and what they refer to, by path. Raises `ValueError` if one is not valid."""
    files = base_files() | dict(_programmes(count))
    problems = check(base_files() | dict(_programmes(20)))[1]
    if problems:
        raise ValueError("The corpus is not valid:\n" + "\n".join(map(str, problems[:5])))
    return files


def _programmes(count: int) -> Iterator[tuple[str, str]]:
    for number in range(count):
        made = Maker(number).model(Programme)
        made["border_areas"] = None
        made["regional_groups"] = None
        made["related"] = {"programmes": [f"p{(number + step) % count:05}" for step in (1, 2)]} if count > 2 else None
        made["evidence"] = {
            "start": ["s1"],
            "end": ["s2"],
            "countries": ["s3"],
            "themes": "editorial",
            "summary": ["s4"],
        }
        made["sources"] = [_source(number, position) for position in range(1, 5)]
        record = {"id": f"p{number:05}", **{key: value for key, value in made.items() if value is not None}}
        yield f"programmes/p{number:05}.yml", _dump(record)


def _source(number: int, position: int) -> dict[str, str]:
    made = Maker(number * 10 + position)
    fields = {"id": f"s{position}", "title": made.text(6), "publisher": made.text(2), "accessed": "2026-11-23"}
    return {
        name: fields.get(name, f"https://example.org/{number}/{position}")
        for name in Source.model_fields
        if name in (*fields, "url")
    }


def _dump(value: Any) -> str:
    return str(yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=110))
