"""The promise of the API: within v1 nothing is renamed or taken away, and nothing changes its type.

`api_shape.txt` is what was published so far: every address, every field with its type, every word. Fields that are in
every file have «always»: a program may read them without looking.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from api_fixture import Api
from conftest import HERE

from generator.export.api.index import PROMISE

GOLDEN = HERE / "api_shape.txt"
BROKEN = """\
Within v1 of the API nothing is renamed or taken away, and nothing changes its type. These lines of what was published
are gone:
{lines}
Bring them back: keep the old field or word beside the new one, or give the new thing a name of its own. What can't be
kept belongs under api/v2/."""
GROWN = """\
The API has grown. If this is meant, tell users in content/pages/about/api.md (Changes), raise VERSION in
generator/export/api/openapi.py, and run this test with --update-golden. New:
{lines}"""


# -- the shape of what is published


def shape_of(files: Mapping[str, bytes]) -> set[str]:
    """A line for each address, each field with its type, each field that is always there, and each word."""
    found = {f"address /{path}" for path in ("", *json.loads(files["openapi.json"])["paths"])} - {"address /"}
    for path, data in files.items():
        if path.startswith("schema/"):
            schema = json.loads(data)
            name = path.removeprefix("schema/").removesuffix(".json")
            found |= {f"field {name}: {line}" for line in _fields(schema, schema, "")}
            found |= {f"word {part}: {word}" for part, each in schema["$defs"].items() for word in each.get("enum", ())}
    return found


def _fields(schema: Any, document: Any, path: str) -> Iterator[str]:
    for name, told in schema.get("properties", {}).items():
        inner = f"{path}.{name}" if path else name
        if name in schema["required"]:
            yield f"{inner} is always there"
        yield from _value(told, document, inner)


def _value(told: Any, document: Any, path: str) -> Iterator[str]:
    if "$ref" in told:
        name = told["$ref"].rpartition("/")[2]
        if path.endswith("records[]"):  # a record has a schema of its own
            yield f"{path} is {name}"
            return
        yield from _value(document["$defs"][name], document, path)
    elif "anyOf" in told:
        for way in told["anyOf"]:
            yield from _value(way, document, path)
    elif "const" in told:
        yield f"{path} is the word {told['const']}"
    elif "properties" in told:
        yield from _fields(told, document, path)
    elif "items" in told:
        yield from _value(told["items"], document, f"{path}[]")
    elif "additionalProperties" in told:
        yield from _value(told["additionalProperties"], document, f"{path}.*")
    else:
        types = told["type"] if isinstance(told["type"], list) else [told["type"]]
        yield f"{path} is {' or '.join(types)}"


def against(golden: set[str], now: set[str]) -> tuple[str, str]:
    """What is said of what is gone, and of what is new; nothing where there is none."""

    def told(text: str, lines: set[str]) -> str:
        return text.format(lines="\n".join(f"  {line}" for line in sorted(lines))) if lines else ""

    return told(BROKEN, golden - now), told(GROWN, now - golden)


def test_nothing_that_was_published_is_gone(api: Api, update_golden: bool) -> None:
    now = shape_of(api.files)
    golden = set(GOLDEN.read_text(encoding="utf-8").splitlines()) if GOLDEN.exists() else set()
    broken, grown = against(golden, now)
    assert not broken, broken
    if update_golden:
        GOLDEN.write_text("".join(f"{line}\n" for line in sorted(now)), encoding="utf-8")
    else:
        assert not grown, grown


# -- the guard itself

RECORD = {
    "$defs": {
        "Thing": {"enum": ["a", "b"], "type": "string"},
        "Part": {"properties": {"x": {"type": ["number", "string"]}}, "required": ["x"]},
    },
    "properties": {
        "name": {"type": "string"},
        "sort": {"$ref": "#/$defs/Thing"},
        "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}},
        "whom": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"const": "unnamed"}]},
        "by_name": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Part"}},
    },
    "required": ["name"],
}


def files(schema: Any = RECORD) -> dict[str, bytes]:
    return {
        "schema/thing.json": json.dumps(schema).encode(),
        "openapi.json": json.dumps({"paths": {"/things.json": {}}}).encode(),
    }


def changed(*path: str, to: Any = None) -> Any:
    """The schema with one thing changed, or taken away."""
    schema = json.loads(json.dumps(RECORD))
    at = schema
    for part in path[:-1]:
        at = at[part]
    if to is None:
        del at[path[-1]]
    else:
        at[path[-1]] = to
    return schema


def test_the_shape_is_flat_and_whole() -> None:
    assert sorted(shape_of(files())) == [
        "address //things.json",
        "field thing: by_name.*.x is always there",
        "field thing: by_name.*.x is number or string",
        "field thing: name is always there",
        "field thing: name is string",
        "field thing: parts[].x is always there",
        "field thing: parts[].x is number or string",
        "field thing: sort is string",
        "field thing: whom is the word unnamed",
        "field thing: whom[] is string",
        "word Thing: a",
        "word Thing: b",
    ]


@pytest.mark.parametrize(
    ("schema", "gone"),
    [
        (changed("properties", "name"), "name is string"),
        (changed("properties", "name", "type", to="integer"), "name is string"),
        (changed("required", to=[]), "name is always there"),
        (changed("$defs", "Thing", "enum", to=["a"]), "word Thing: b"),
        (changed("$defs", "Part", "properties", to={"y": {"type": "string"}}), "parts[].x is number or string"),
        (changed("properties", "whom", to={"type": "array", "items": {"type": "string"}}), "the word unnamed"),
    ],
    ids=["removed", "of-another-type", "no-longer-always", "word-removed", "renamed", "way-removed"],
)
def test_what_breaks_the_promise_is_told_with_what_to_do(schema: Any, gone: str) -> None:
    broken, _ = against(shape_of(files()), shape_of(files(schema)))
    assert gone in broken
    assert "Bring them back" in broken


def test_what_only_adds_asks_for_a_line_in_the_changes() -> None:
    schema = changed("properties", "more", to={"type": "string"})
    broken, grown = against(shape_of(files()), shape_of(files(schema)))
    assert not broken
    assert "field thing: more is string" in grown
    assert "--update-golden" in grown


# -- where users are told


def test_the_promise_is_told_where_the_index_leads(api: Api) -> None:
    index = api.read("index.json")
    assert index["promise"] == PROMISE
    assert index["changes"] == "https://catalogue.example/about/api/"
    page = (Path("content/pages/about/api.md")).read_text(encoding="utf-8")
    assert PROMISE in " ".join(page.split())


def test_the_page_tells_of_this_version(api: Api) -> None:
    page = (Path("content/pages/about/api.md")).read_text(encoding="utf-8")
    assert f"### {api.read('openapi.json')['info']['version']}" in page
