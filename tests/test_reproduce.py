"""The same input gives the same bytes: what `make reproduce` relies on, and the order of Pagefind's files."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_fixture import ROOT, BuiltSite

from generator.search_index import MARK, Value, in_order, pack, unpack
from generator.search_service import SearchError, index_of
from generator.site import SiteError, make_search
from scripts.reproduce import MACHINES, differences, settle_in
from scripts.reproduce import main as reproduce

# -- the comparison


def test_what_differs_is_told_with_its_place_and_bytes(tmp_path: Path) -> None:
    for name, files in {
        "a": {"x": b"same", "y/z": b"12345", "only": b""},
        "b": {"x": b"same", "y/z": b"12x45"},
    }.items():
        for path, data in files.items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_bytes(data)
    (tmp_path / "b" / "other").write_bytes(b"x")
    assert list(differences(tmp_path / "a", tmp_path / "b")) == [
        "only: only the first run made it",
        "other: only the second run made it",
        "y/z: from byte 2 on: b'345' and b'x45'",
    ]
    (tmp_path / "a" / "y" / "z").write_bytes(b"12x45 and more")
    assert "y/z: from byte 5 on: b' and more' and b''" in list(differences(tmp_path / "a", tmp_path / "b"))
    assert list(differences(tmp_path / "a", tmp_path / "a")) == []


def test_the_runs_differ_in_all_that_machines_differ_in() -> None:
    first, second = MACHINES
    assert len(first.folder) != len(second.folder)
    assert first.umask != second.umask
    for name in ("TZ", "LC_ALL", "PYTHONHASHSEED", "ORDER"):
        assert first.environment[name] != second.environment[name]


def test_the_disk_lists_its_files_in_another_order(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}").touch()
    script = ("import os, sys; from pathlib import Path; f = sys.argv[1]; print(os.listdir(f), "
              "[e.name for e in os.scandir(f)], [p.name for p in Path(f).glob('*')], next(os.walk(f))[2])")  # fmt: skip
    seen = set()
    for machine in MACHINES:
        given = {**os.environ, **machine.environment, "PYTHONPATH": str(ROOT / "scripts" / "elsewhere")}
        done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], env=given, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        lists = [tuple(json.loads(f"[{part}]")) for part in done.stdout.replace("'", '"').strip()[1:-1].split("] [")]
        assert all(sorted(each) == [f"{number:02}" for number in range(20)] for each in lists)
        seen |= set(lists)
    assert len(seen) == 8


def test_a_project_is_copied_whole(tmp_path: Path) -> None:
    home = settle_in(MACHINES[1], ROOT / "content", ROOT / "mkdocs.yml", tmp_path)
    assert list(differences(home / "content", ROOT / "content")) == []
    assert list(differences(home / "overrides", ROOT / "overrides")) == []


def test_a_build_that_fails_ends_it_with_what_it_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "content" / "programmes").mkdir(parents=True)
    (tmp_path / "content" / "programmes" / "x.yml").write_text("id: y\n")
    words = ["reproduce", "--content", str(tmp_path / "content"), "--config", str(ROOT / "mkdocs.yml")]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit, match=r"A build ended with 1: content/programmes/x.yml"):
        reproduce()


# -- Pagefind's files

VALUES = st.recursive(st.integers(0, 2**64 - 1) | st.text(), lambda inner: st.lists(inner, max_size=30), max_leaves=60)


@given(VALUES)
def test_a_value_reads_back(value: Value) -> None:
    assert unpack(pack(value)) == value


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (23, "17"), (24, "1818"), (255, "18ff"), (256, "190100"), (65535, "19ffff"), (65536, "1a00010000"),
        (2**32, "1b0000000100000000"), ("a", "6161"), ("ü", "62c3bc"), ([1, [2, 3]], "8201820203"), ([], "80"),
    ],
)  # fmt: skip
def test_values_are_written_as_the_standard_shows_them(value: Value, data: str) -> None:
    """RFC 8949, appendix A."""
    assert gzip.decompress(pack(value)) == MARK + bytes.fromhex(data)


@pytest.mark.parametrize("data", [b"x1", MARK + b"\x01\x01", MARK + b"\xf6", MARK + b"\x9f\xff", MARK + b"\x61\xff"])
def test_what_is_not_known_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"mark|follows|read here|decode"):
        unpack(gzip.compress(data))


def files_of(seed: int) -> dict[str, bytes]:
    """Files as Pagefind writes them, in the order of a hash."""
    order = random.Random(seed)
    made: dict[str, bytes] = {"index/en_1.pf_index": b"i"}
    filters: list[Value] = []
    for name in order.sample(["kind", "year", "theme"], 3):
        values: list[Value] = [[value, [1, 2]] for value in order.sample(["a", "b", "c"], 3)]
        file = f"en_{order.randrange(10**6)}"
        made[f"filter/{file}.pf_filter"] = pack([name, values])
        filters.append([name, file])
    made["pagefind.en_0.pf_meta"] = pack(["1.5.2", [["en_a", 3]], [], filters, [], ["title"]])
    made["pagefind-entry.json"] = b'{"version":"1.5.2","languages":{"en":{"hash":"en_0","wasm":"en","page_count":1}}}'
    return made


def test_files_in_any_order_become_the_same() -> None:
    first = in_order(files_of(1))
    assert all(in_order(files_of(seed)) == first for seed in range(2, 9))
    assert in_order(first) == first
    meta = unpack(next(data for name, data in first.items() if name.endswith(".pf_meta")))
    assert isinstance(meta, list)
    assert [name for name, _ in meta[3]] == ["kind", "theme", "year"]  # type: ignore[union-attr,misc]
    for name, file in meta[3]:  # type: ignore[union-attr,misc]
        assert unpack(first[f"filter/{file}.pf_filter"]) == [name, [[value, [1, 2]] for value in "abc"]]
    assert first["index/en_1.pf_index"] == b"i"


PAGE = '<html lang="{}"><body data-pagefind-body><h1>{}</h1><p data-pagefind-filter="kind">{}</p></body></html>'


def test_an_index_is_the_same_each_time_and_knows_each_language(tmp_path: Path) -> None:
    """Four languages: Pagefind's own tables of them have another order in each run."""
    pages = {f"{language}/{n}/index.html": PAGE.format(language, f"Title {n}", f"kind {n % 7}")
             for language in ("en", "es", "fr", "pt") for n in range(20)}  # fmt: skip
    first = in_order(index_of(pages))
    assert in_order(index_of(pages)) == first
    counted = json.loads(first["pagefind-entry.json"])["languages"]
    assert {language: each["page_count"] for language, each in counted.items()} == dict.fromkeys(
        ("en", "es", "fr", "pt"), 20
    )


def test_another_order_on_the_disk_gives_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{n}/index.html" for n in range(30)]
    made = []
    for folder, order in (("one", names), ("other", names[::-1])):
        for name in order:
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True)
            path.write_text(PAGE.format("en", f"Title {name}", name[0]))
        monkeypatch.setattr(Path, "rglob", lambda self, pattern, order=order: (self / name for name in order))
        make_search(tmp_path / folder)
        monkeypatch.undo()
        made.append(tmp_path / folder / "pagefind")
    assert list(differences(*made)) == []
    assert len(list(made[0].rglob("*"))) > 30


def test_a_form_that_is_not_known_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.site.index_of", lambda pages: files_of(1) | {"pagefind.en_0.pf_meta": pack([1])})
    with pytest.raises(SiteError, match="Pagefind has changed the form of its files"):
        make_search(tmp_path)


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("exit 1", "Pagefind ended after 0 of 3 steps."),
        ("printf '%s,' $(printf '{\"payload\": {\"type\": \"Error\", \"message\": \"no\"}}' | base64 -w0); sleep 9",
         "Pagefind failed: no"),
    ],
)  # fmt: skip
def test_a_pagefind_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, told: str) -> None:
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{says}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))
    with pytest.raises(SearchError) as error:
        index_of({"a/index.html": PAGE.format("en", "a", "b")})
    assert str(error.value) == told


def test_nothing_in_the_site_tells_when_it_was_packed(built: BuiltSite) -> None:
    """The time in the head of gzip (RFC 1952, section 2.3.1) is none."""
    packed = [path for path in built.site.rglob("*") if path.suffix == ".gz" or path.suffix.startswith(".pf_")]
    assert len(packed) > 500
    assert {path.read_bytes()[4:8] for path in packed} == {bytes(4)}
