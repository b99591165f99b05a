"""Files become Documents: texts stay what was written, every key and value keeps its place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import HERE, base_files
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import HOSTILE, texts, written
from test_cases import CASES, files_of, load

from generator import read as reader
from generator.kinds import KINDS
from generator.model.document import Document
from generator.problems import Place
from generator.read import read, read_folder


def document_of(text: str, path: str = "programmes/x.yml") -> Document:
    """The one document of a file that can be read."""
    (document,), problems = read({path: text}, KINDS)
    assert not problems, problems
    return document


def value_of(text: str) -> Any:
    return document_of(f"a: {text}\n").values["a"]


# -- scalars


@pytest.mark.parametrize(
    "text",
    "NO no yes Off True FALSE Null NULL 12:30 010 0x1F 1_000 1.10 31996E0697 1e3 .inf 2012 2012-06 2019-03-01"
    " 2019-03-01T10:00:00Z = .. 2012/.. 199X 2012?".split(),
)
def test_a_scalar_stays_the_text_that_was_written(text: str) -> None:
    assert value_of(text) == text


@pytest.mark.parametrize("text", ["", "~", "null", "# nothing but a comment"])
def test_these_stand_for_nothing(text: str) -> None:
    assert value_of(text) is None


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False)])
def test_truth_values_are_two_words(text: str, value: bool) -> None:
    assert value_of(text) is value


@pytest.mark.parametrize("text", ["null", "~", "", "true", "false"])
def test_quotes_make_a_text_of_any_word(text: str) -> None:
    assert value_of(f"'{text}'") == text
    assert value_of(f'"{text}"') == text


@settings(max_examples=200)
@given(st.recursive(texts() | st.booleans() | st.none(), lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_what_was_written_reads_back(value: Any) -> None:
    assert document_of(written({"a": value, "b": {"c": value}})).values == {"a": value, "b": {"c": value}}


# -- places

RECORD = """\
id: x
name:   Cohesion
phases:
  - name: One
    start: 2012
  - {name: Two, budget: [{amount: 1}]}
summary: >-
  Text.
"""


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        (("id",), (1, 5), (1, 1)),
        (("name",), (2, 9), (2, 1)),
        (("phases",), (4, 3), (3, 1)),
        (("phases", 0), (4, 5), (4, 5)),
        (("phases", 0, "start"), (5, 12), (5, 5)),
        (("phases", 1, "name"), (6, 12), (6, 6)),
        (("phases", 1, "budget", 0, "amount"), (6, 35), (6, 27)),
        (("summary",), (7, 10), (7, 1)),
        ((), (1, 1), (1, 1)),
    ],
)
def test_every_key_and_value_keeps_its_place(path: Any, value: tuple[int, int], key: tuple[int, int]) -> None:
    document = document_of(RECORD)
    assert document.place(path) == Place("programmes/x.yml", *value)
    assert document.place(path, at_key=True) == Place("programmes/x.yml", *key)


def test_parts_of_a_path_that_are_no_key_there_are_passed_over() -> None:
    document = document_of(RECORD)
    assert document.place(("phases", "tag", 0, "start")) == document.place(("phases", 0, "start"))
    assert document.place(("phases", 7, "name")) == document.place(("phases",))


def test_a_place_counts_letters_not_bytes() -> None:
    assert document_of("{é: ü, name: x}\n").place(("name",)) == Place("programmes/x.yml", 1, 14)


def test_a_record_of_a_table_begins_at_its_id_and_shares_the_sources() -> None:
    text = "sources:\n  - {id: s1}\nrecords:\n  CL: {side: lac}\n  PE:\n    side: lac\n"
    (chile, peru), problems = read({"countries.yml": text}, KINDS)
    assert not problems
    assert (chile.id, chile.values, chile.shared) == ("CL", {"side": "lac"}, [{"id": "s1"}])
    assert chile.place() == Place("countries.yml", 4, 3)
    assert peru.place(("side",)) == Place("countries.yml", 6, 11)
    assert peru.place(("sources", 0, "id")) == Place("countries.yml", 2, 10)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: About\n---\nText.\n", 4),
        ("---\ntitle: About\n---\n\n\nText.\n", 6),
        ("---\ntitle: About\n\n---\n\nText.\n\n---\n\nMore.\n", 6),
        ("---\n\ntitle: About\n---   \nText.\n", 5),
        ("---\r\ntitle: About\r\n---\r\n\r\nText.\r\n", 5),
    ],
)
def test_the_body_of_a_page_is_placed_at_its_first_line_of_text(text: str, line: int) -> None:
    page = document_of(text, "pages/about/x.md")
    assert page.id == "about/x"
    assert page.values["title"] == "About"
    assert page.values["body"].strip().startswith("Text.")
    assert page.place(("body",)) == Place("pages/about/x.md", line, 1)
    assert page.place(("title",)).line == text.split("title")[0].count("\n") + 1


# -- two parsers


def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "Loader", yaml.SafeLoader)


def test_the_parser_in_c_is_used_where_there_is_one() -> None:
    assert yaml.__with_libyaml__
    assert reader.Loader is yaml.CSafeLoader


@pytest.mark.parametrize("files", [base_files(), {"programmes/x.yml": RECORD}], ids=["base", "record"])
def test_both_parsers_give_equal_documents(files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    in_c = read(files, KINDS)
    pure(monkeypatch)
    assert read(files, KINDS) == in_c


@pytest.mark.parametrize("text", HOSTILE)
def test_both_parsers_read_hostile_texts_alike(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written({"a": text, "b": [text]})
    in_c = document_of(file)
    pure(monkeypatch)
    assert document_of(file) == in_c


UNLIKE = {
    "bad-date-fine": "the parser in Python does not read {start: 2012?}",
    "bad-text-surrogate": "the parser in Python leaves half a character to the model",
    "tab-indent-after-colon-fine": "the parser in Python refuses every tab before a value",
}


@pytest.mark.parametrize("path", [path for path in CASES if path.stem not in UNLIKE], ids=lambda path: path.stem)
def test_both_parsers_find_the_same_mistakes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = files_of(load(path))
    in_c = [(problem.place.path, problem.place.line, problem.code) for problem in read(files, KINDS)[1]]
    pure(monkeypatch)
    assert [(problem.place.path, problem.place.line, problem.code) for problem in read(files, KINDS)[1]] == in_c


# -- bad intentions


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "a:\n ", "? ", "!!seq [", "&a [", "- - "])
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_a_hundred_thousand_levels_are_a_problem_and_not_a_crash(
    opening: str, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "Loader", getattr(yaml, loader))
    _, problems = read({"programmes/x.yml": opening * 100_000}, KINDS)
    assert len(problems) == 1


def test_a_billion_laughs_are_one_anchor() -> None:
    laughs = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    _, (problem,) = read({"programmes/x.yml": laughs}, KINDS)
    assert problem.code.slug == "anchor-or-alias"


@settings(max_examples=300)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_a_document_or_a_problem(data: bytes) -> None:
    for path in ("programmes/x.yml", "countries.yml", "pages/x.md"):
        documents, problems = read({path: data}, KINDS)
        assert len(problems) <= 1
        assert documents or problems or path == "countries.yml"


# -- the disk


def test_the_files_of_a_folder_are_read_by_their_path_below_it() -> None:
    files, problems = read_folder(HERE / "base")
    assert not problems
    assert "programmes/cohesion.yml" in files
    assert "pages/about/index.md" in files
    assert files["groups.yml"] == (HERE / "base" / "groups.yml").read_bytes()


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / ".hidden.yml").write_text("x")
    assert read_folder(tmp_path) == ({}, [])


def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("id: secret")
    content = tmp_path / "content"
    (content / "programmes").mkdir(parents=True)
    (content / "programmes" / "x.yml").symlink_to(secret)
    files, problems = read_folder(content)
    assert files == {}
    assert [str(problem) for problem in problems] == [
        "programmes/x.yml:1:1: symlink-outside: This link leads out of the content folder. Put the file itself here."
    ]


def test_a_linked_folder_outside_is_refused_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "x.yml").write_text("id: x")
    content = tmp_path / "content"
    content.mkdir()
    (content / "programmes").symlink_to(tmp_path / "secrets", target_is_directory=True)
    files, problems = read_folder(content)
    assert files == {}
    assert [problem.code.slug for problem in problems] == ["symlink-outside"]


def test_a_link_inside_the_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes" / "x.yml").write_text("id: x")
    (tmp_path / "programmes" / "y.yml").symlink_to(tmp_path / "programmes" / "x.yml")
    files, problems = read_folder(tmp_path)
    assert not problems
    assert files["programmes/y.yml"] == b"id: x"


@pytest.mark.parametrize("target", ["missing.yml", "x.yml"], ids=["to nothing", "to itself"])
def test_a_link_to_nowhere_is_a_problem_and_not_a_crash(target: str, tmp_path: Path) -> None:
    (tmp_path / "x.yml").symlink_to(tmp_path / target)
    files, problems = read_folder(tmp_path)
    assert files == {}
    assert [problem.message for problem in problems] == ["This link leads nowhere."]


def test_what_is_no_file_is_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yml")
    assert read_folder(tmp_path) == ({}, [])


@pytest.mark.parametrize("name", [b"\xff.yml", b"a\nb.yml", b"\x1b[2J.yml", "\u202elmy.yml".encode(), b"a\tb.yml"])
def test_a_file_whose_name_cannot_be_shown_is_refused_unread(name: bytes, tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/" + name, "w") as file:
        file.write("id: x")
    files, (problem,) = read_folder(tmp_path)
    assert files == {}
    assert problem.code.slug == "stray-file"
    assert problem.place.path.replace("\ufffd", "").isprintable()
    assert str(problem).encode()


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"#" * (1024 * 1024 + 1))
    files, problems = read_folder(tmp_path)
    assert files == {}
    assert [problem.code.slug for problem in problems] == ["too-large"]
