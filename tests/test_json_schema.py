"""The schemas for editors' programs say what the models say, as far as a schema can."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import HERE, base_files
from core_yaml import core_value
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from referencing import Registry, Resource
from strategies import file_of, id_of, records
from test_cases import CASES, files_of, load

from generator.checking import check
from generator.commands.schema import FILES
from generator.kinds import KINDS
from generator.model.kind import Kind
from generator.problems import Code, Severity
from generator.read import read_folder
from generator.schema.json_schema import CANNOT_SEE, IDS, as_text, ids_schema, names_of, schemas

ROOT = HERE.parent
COMMITTED = ROOT / "generator" / "schema"
CONTENT = {name: data.decode() for name, data in read_folder(ROOT / "content")[0].items()}
MADE = schemas(KINDS, names_of(check(CONTENT)[0]))
REGISTRY: Registry[Any] = Registry().with_resources([(IDS, Resource.from_contents(MADE[IDS]))])
CHECKERS = {name: jsonschema.Draft7Validator(schema, registry=REGISTRY) for name, schema in MADE.items()}
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def kind_of(path: str) -> Kind | None:
    return next((kind for kind in KINDS if path == kind.file or path.startswith(f"{kind.folder}/")), None)


def faults_of(path: str, text: str) -> list[str]:
    """What the schema of a file's kind has against it."""
    kind = kind_of(path)
    assert kind is not None
    written = text.split("---\n")[1] if kind.name == "page" else text
    return [
        error.message for error in CHECKERS[FILES[kind.name]].iter_errors(core_value(written)) if not _is_early(error)
    ]


def _is_early(error: Any) -> bool:
    """A bare year before 1000: the models take `0089`, the schema finds 89 too small, which is more often a slip."""
    return bool(error.validator == "minimum") or any(_is_early(inner) for inner in error.context or ())


@pytest.mark.parametrize("name", MADE)
def test_a_schema_is_one_of_draft_7(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(MADE[name])


# -- what the models accept, the schemas accept


@pytest.mark.parametrize("path", sorted(path for path in CONTENT if kind_of(path)))
def test_the_real_content_is_accepted(path: str) -> None:
    assert faults_of(path, CONTENT[path]) == []


@pytest.mark.parametrize("path", sorted(base_files()))
def test_the_base_is_accepted(path: str) -> None:
    assert faults_of(path, base_files()[path]) == []


STRICTER = {"wrong-type-null-fine"}
"""`start: ~` passes the check as not filled in; to a program it would be a value to offer."""
FINE = [path for path in CASES if path.stem.endswith("-fine") and path.stem not in STRICTER]


@pytest.mark.parametrize("case", FINE, ids=lambda path: path.stem)
def test_a_golden_case_that_is_fine_is_accepted(case: Path) -> None:
    for path, content in files_of(load(case)).items():
        if kind_of(path) is None:  # a file about records, as the list of retired ids
            continue
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        assert faults_of(path, text) == []


@each_kind
@settings(
    max_examples=10,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_a_drawn_record_that_passes_is_accepted(kind: Kind, data: st.DataObject) -> None:
    drawn = data.draw(records(kind))
    files = base_files()
    fuller = file_of(kind, id_of(kind), drawn)(files)
    changed = next(path for path, text in fuller.items() if text != files.get(path))
    if not [problem for problem in check(fuller)[1] if problem.place.path == changed]:
        assert faults_of(changed, fuller[changed]) == []


# -- what a schema can see, it sees


UNSEEN = {
    "missing-field-body": "the text of a page stands below what the schema sees",
    "wrong-type-date-and-start": "a rule over two fields",
}
"""Golden cases of codes that a schema sees mostly, and why it does not see them here."""


BEYOND = set(CANNOT_SEE) | {code.slug for code in Code if code.severity is Severity.WARNING}
"""Codes that are for `catalogue check` alone."""


def mistakes() -> Iterator[tuple[str, str, str, set[str]]]:
    """Case, path, text and codes of each file in the golden cases that has only mistakes that a schema can see."""
    for case in CASES:
        read = load(case)
        for path, content in files_of(read).items():
            codes = {line.split(": ")[1] for line in read["problems"] if line.startswith(f"{path}:")}
            if kind_of(path) and codes and not codes & BEYOND and case.stem not in UNSEEN:
                yield case.stem, path, content if isinstance(content, str) else content.decode(), codes


@pytest.mark.parametrize(
    ("path", "text"), [pytest.param(path, text, id=f"{case}:{path}") for case, path, text, _ in mistakes()]
)
def test_a_mistake_that_a_schema_can_see_is_refused(path: str, text: str) -> None:
    assert faults_of(path, text) != []


def test_each_code_is_seen_or_listed_with_the_reason() -> None:
    seen = {code for _, _, _, codes in mistakes() for code in codes}
    errors = {code.slug for code in Code if code.severity is Severity.ERROR}
    assert errors - set(CANNOT_SEE) <= seen
    assert set(CANNOT_SEE) <= errors


# -- the files in the repository


@pytest.mark.parametrize("name", [name for name in MADE if name != IDS])
def test_the_schema_in_the_repository_is_that_of_the_models(name: str) -> None:
    written = (COMMITTED / name).read_text(encoding="utf-8")
    assert written == as_text(MADE[name]), "Run: catalogue schema --out generator/schema"


def test_the_ids_in_the_repository_have_their_form_though_they_may_be_old() -> None:
    """A new record must not fail because a list of ids is older than it: editors offer them and take others."""
    written = json.loads((COMMITTED / IDS).read_text(encoding="utf-8"))
    assert set(written["definitions"]) == set(ids_schema(KINDS, {})["definitions"])
    for known in written["definitions"].values():
        assert len(known["enum"]) == len(known["markdownEnumDescriptions"]) > 0


def test_no_schema_lies_about_that_no_kind_has() -> None:
    assert {path.name for path in COMMITTED.glob("*.json")} == set(MADE)


# -- VS Code


def test_the_settings_of_vs_code_bind_each_schema_to_its_files() -> None:
    settings_ = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    bound = {
        f"generator/schema/{FILES[kind.name]}": f"content/{kind.file or f'{kind.folder}/*.yml'}"
        for kind in KINDS
        if kind.name != "page"
    }
    assert settings_["yaml.schemas"] == bound
    assert settings_["yaml.schemaStore.enable"] is False
    assert settings_["yaml.format.enable"] is False


def test_vs_code_recommends_the_extension_that_reads_schemas() -> None:
    recommended = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    assert "redhat.vscode-yaml" in recommended["recommendations"]


def test_yaml_is_read_as_editors_read_it() -> None:
    text = "{a: 2012, b: '2012', c: NO, d: 2012-06-26, e: true, f: ~, g: 1.5, h: 12:30, i: 010, j: 1_000}"
    assert core_value(text) == {
        "a": 2012, "b": "2012", "c": "NO", "d": "2012-06-26", "e": True, "f": None, "g": 1.5, "h": "12:30", "i": 10,
        "j": "1_000",
    }  # fmt: skip
    assert yaml.safe_load("c: NO") == {"c": False}
