"""The table of what each file of open data is has every file once, and says of each what is true."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from tables_fixture import Published

from generator.export.offered import FOLDER, OFFERS, Distribution, offered, strangers
from generator.kinds import KINDS
from scripts.offered import BESIDE, ROWS, Judged, Verdicts, node_of


@pytest.fixture(scope="module")
def files(published: Published) -> tuple[Distribution, ...]:
    return offered(published.files, KINDS)


def test_every_file_has_one_row(published: Published, files: tuple[Distribution, ...]) -> None:
    assert strangers(published.files, KINDS) == ()
    assert {each.path for each in files} == {path for path in published.files if path.startswith(FOLDER)}
    assert len(files) > 90


def test_every_row_has_a_file_and_says_what_it_is_for(files: tuple[Distribution, ...]) -> None:
    assert {each.offer for each in files} == set(OFFERS)
    for offer in OFFERS:
        assert re.match(r"[A-Z].*[^.]\Z", offer.title), offer
        assert re.match(r"[A-Z].*\.\Z", offer.what), offer
        assert not offer.standard or offer.standard.startswith(("https://", "http://")), offer
    assert max(Counter(offer.pattern for offer in OFFERS).values()) == 1


def test_a_file_without_a_row_is_told_in_a_sentence() -> None:
    assert strangers({"api/v1/new.thing": "", "programmes/index.md": ""}, KINDS) == (
        "api/v1/new.thing has no row in OFFERS (generator/export/offered.py). Give it one that says what it is for.",
    )


def test_size_and_sum_are_those_of_the_file_that_is_written(
    published: Published, files: tuple[Distribution, ...]
) -> None:
    for each in files:
        data = (published.folder / each.path.removeprefix(FOLDER)).read_bytes()
        assert (each.size, each.sha256) == (len(data), hashlib.sha256(data).hexdigest()), each.path


def test_each_table_is_told_as_the_data_package_has_it(published: Published, files: tuple[Distribution, ...]) -> None:
    package = json.loads(published.files["api/v1/datapackage.json"])
    told = {each.path: (each.title, each.what, each.size) for each in files if each.path.endswith(".csv")}
    assert told == {
        FOLDER + each["path"]: (each["title"], each["description"], each["bytes"]) for each in package["resources"]
    }


def test_a_table_is_about_the_kind_that_its_rows_are_taken_from(
    published: Published, files: tuple[Distribution, ...]
) -> None:
    kinds = {each.path: each.kind for each in files}
    assert {f"{FOLDER}tables/{table.name}.csv": table.kind for table in published.tables}.items() <= kinds.items()
    assert kinds["api/v1/iati/activities.xml"] == "programme"
    assert kinds["api/v1/catalogue.sqlite"] == ""


def test_media_types_fit_the_ends_of_the_names(files: tuple[Distribution, ...]) -> None:
    wanted = {".csv": "text/csv", ".json": "application/json", ".xml": "application/xml", ".ttl": "text/turtle"}
    for each in files:
        for ending, media_type in wanted.items():
            if each.path.endswith(ending):
                assert each.offer.sort.media_type == media_type, each.path


def test_every_file_has_a_judge_that_is_there() -> None:
    """`python -m scripts.offered` prints each file with its size, its judge and the verdict."""
    assert set(ROWS) == {offer.pattern for offer in OFFERS}
    for judged in (*ROWS.values(), *BESIDE.values()):
        assert judged.tests
        for test in judged.tests:
            path, _, name = node_of(test).partition("::")
            assert f"def {name}(" in Path(path).read_text(encoding="utf-8"), test


def test_a_judge_that_failed_or_did_not_run_is_told() -> None:
    verdicts, judged = Verdicts(), Judged("x", ("a.b", "a.c"))
    assert verdicts.of(judged) == "FAULTS"
    verdicts.ended = {node_of("a.b"): {"passed"}, node_of("a.c"): {"passed"}}
    assert verdicts.of(judged) == "valid"
    verdicts.ended[node_of("a.c")] = {"skipped"}
    assert verdicts.of(judged) == "valid, as far as the judges are on this machine"
    verdicts.ended[node_of("a.b")] = {"passed", "failed"}
    assert verdicts.of(judged) == "FAULTS"
