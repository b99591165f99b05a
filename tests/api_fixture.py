"""The JSON files of the real content, made once; the schemas that they follow; and how a test finds its way in both."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import pytest
from conftest import HERE, TODAY
from jsonschema import Draft202012Validator

from generator.checking import check
from generator.derive import Views, derive
from generator.export.api import api_files
from generator.export.api.addresses import FOLDER, data_kinds
from generator.export.api.documents import Document, documents
from generator.model.catalogue import Catalogue
from generator.read import read_folder

ADDRESS = "https://catalogue.example/"


@dataclass(frozen=True)
class Api:
    """A catalogue and its JSON files, by path below the folder of the API."""

    catalogue: Catalogue
    views: Views
    files: Mapping[str, bytes]

    def read(self, path: str) -> Any:
        """What a program reads from a file."""
        return json.loads(self.files[path])

    def records(self) -> list[Any]:
        """Every record, as the file of lines has it."""
        return [json.loads(line) for line in self.files["everything.ndjson"].splitlines()]

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Every sort of file."""
        return documents(data_kinds(self.catalogue))

    def document(self, path: str) -> Document:
        """The sort of a file: the most literal one that fits."""
        fits = [each for each in self.documents if re.fullmatch(_pattern(each.path), path)]
        return min(fits, key=lambda each: each.path.count("{"))

    @cached_property
    def validators(self) -> dict[str, Draft202012Validator]:
        """A validator for each schema that is published, by name."""
        names = [path for path in self.files if path.startswith("schema/")]
        return {path[len("schema/") : -len(".json")]: validator_of(self.files[path]) for path in names}

    def faults(self, *, each_record_once: bool = False) -> list[str]:
        """What any file says against its schema.

        A record stands in three files; `each_record_once` looks at the one with all of them.
        """
        found = []
        sections = {kind.section for kind in self.catalogue.kinds}
        for path, data in self.files.items():
            if each_record_once and path.partition("/")[0].removesuffix(".json") in sections:
                continue
            document = self.document(path)
            lines = data.splitlines() if path.endswith(".ndjson") else [data]
            for value in map(json.loads, lines if document.schemas else ()):
                name = schema_for(document, value)
                found += [f"{path}: {e.json_path}: {e.message[:200]}" for e in self.validators[name].iter_errors(value)]
        return found


@lru_cache(maxsize=64)
def validator_of(schema: bytes) -> Draft202012Validator:
    """A validator, made once for all catalogues whose schemas are the same."""
    return Draft202012Validator(json.loads(schema))


def schema_for(document: Document, value: Any) -> str:
    """Which of the schemas of a sort of file a value follows, told as a program would: by what it has."""
    if len(document.schemas) == 1:
        return document.schemas[0]
    if "stated" in value:
        return str(value["kind"])
    return "moved" if "moved_to" in value else "retired"


def _pattern(path: str) -> str:
    return re.sub(r"\\{[a-z]+\\}", "[a-z0-9-]+", re.escape(path))


def api_of(catalogue: Catalogue, address: str = ADDRESS, **changed: Any) -> Api:
    """The JSON files of a catalogue on the day of the tests."""
    views = derive(catalogue, TODAY)
    made = api_files(catalogue, views, "Catalogue", "What it is about.", address, changed.get("changed", {}))
    return Api(
        catalogue,
        views,
        {path.removeprefix(FOLDER): d if isinstance(d, bytes) else d.encode() for path, d in made.items()},
    )


@pytest.fixture(scope="session")
def api() -> Api:
    """The JSON files of the real content on a fixed day."""
    catalogue, problems = check(read_folder(HERE.parent / "content")[0])
    assert not problems
    return api_of(catalogue)
