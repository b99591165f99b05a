"""What changes for readers, by meaning: golden differences over the catalogue of `tests/base`, and what always holds.

`tests/differences/*.yml` each hold a truth (`title`), what is edited (`edit`: texts replaced in a file; `files`: whole
files, null for none), and the difference as text. After a change of words: `pytest --update-golden`, and read it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import HERE, TODAY, base_files
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import drawn_files

from generator.build import pages_of
from generator.checking import check
from generator.derive import derive
from generator.difference import Difference, Side, difference
from generator.difference.as_json import as_json
from generator.difference.as_markdown import LARGEST, as_markdown
from generator.difference.as_text import as_text
from generator.difference.sentences import headline
from generator.difference.shapes import FieldChange, RecordChange, Sort
from generator.difference.words import Mark, stretches
from generator.kinds import KINDS
from generator.render import Site

CASES = sorted((HERE / "differences").glob("*.yml"))
Files = dict[str, str]


def side(name: str, files: Mapping[str, str]) -> Side:
    catalogue, problems = check(files)
    assert not problems, "\n".join(map(str, problems))
    views = derive(catalogue, TODAY)
    return Side(name, catalogue, views, pages_of(catalogue, views, Site()))


@cache
def base_side() -> Side:
    return side("main", base_files())


def changed(files: Mapping[str, str]) -> Difference:
    """What changes for readers from the base to these files."""
    return difference(base_side(), side("here", files))


def bare(files: Mapping[str, str]) -> Side:
    """A side without pages: what is told of records does not need them."""
    return Side("main", check(files)[0])


@cache
def bare_base() -> Side:
    return bare(base_files())


def edited(case: dict[str, Any]) -> Files:
    files = base_files()
    for path, pairs in case.get("edit", {}).items():
        for old, new in pairs:
            assert old in files[path], f"{path} has no {old}"
            files[path] = files[path].replace(old, new)
    files |= case.get("files", {})
    return {path: text for path, text in files.items() if text is not None}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_sort_of_change_is_told_like_this(path: Path, update_golden: bool) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(case) <= {"title", "edit", "files", "text"}
    found = as_text(changed(edited(case)))
    if update_golden and found != case["text"]:
        kept = path.read_text(encoding="utf-8").partition("\ntext:")[0].rstrip("\n")
        block = "".join(f"  {line}".rstrip() + "\n" for line in found.splitlines())
        path.write_text(f"{kept}\ntext: |\n{block}", encoding="utf-8")
        return
    assert found == case["text"], case["title"]


def test_a_catalogue_compared_with_itself_is_no_change() -> None:
    found = difference(base_side(), base_side())
    assert found.empty
    assert as_text(found) == "Since main: No change for readers.\n"


WORDS = re.compile(r": (true|false|null)\b")


def rewritten(text: str, flow: bool, backwards: bool) -> str:
    """The same YAML with other quotes, another order of keys, flow for block and comments."""

    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            items = list(value.items())
            return {key: turned(each) for key, each in (reversed(items) if backwards else items)}
        return [turned(each) for each in value] if isinstance(value, list) else value

    class AsText(yaml.BaseLoader):
        """Every scalar is the text that was written."""

    dumped = yaml.dump(
        turned(yaml.load(text, Loader=AsText)), sort_keys=False, allow_unicode=True, width=10**6,
        default_flow_style=flow, default_style='"' if flow else None, indent=4,
    )  # fmt: skip
    return f"# a comment\n{dumped}# another\n"


@pytest.mark.parametrize("flow", [False, True])
@pytest.mark.parametrize("backwards", [False, True])
def test_a_file_that_is_only_written_differently_is_no_change(flow: bool, backwards: bool) -> None:
    files = base_files()
    # true and null in quotes are other values, so files that hold them stay as they are
    tables = {path for path in files if path.endswith(".yml") and not WORDS.search(files[path])}
    assert len(tables) > 5
    noisy = {path: rewritten(text, flow, backwards) if path in tables else text for path, text in files.items()}
    assert noisy != files
    found = changed(noisy)
    assert found.empty, as_text(found)


def test_publications_may_be_numbered_anew_without_anybody_noticing() -> None:
    files = base_files()
    text = files["groups.yml"]
    swapped = text.replace("s1", "s9").replace("s2", "s1").replace("s9", "s2")
    found = changed(files | {"groups.yml": swapped})
    assert not found.records, as_text(found)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [each for key, inner in value.items() for each in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [each for n, inner in enumerate(value) for each in leaves(inner, (*path, n))]
    return [path]


TEXTS = frozenset("name short_name acronym summary title text place label unit scope capital publisher note".split())


@settings(max_examples=20)
@given(data=st.data())
def test_every_changed_field_is_named_once_and_nothing_else(data: st.DataObject) -> None:
    """One text of one record is changed: exactly this field is told, with what was written before and after."""
    files = base_files()
    path = data.draw(st.sampled_from(sorted(path for path in files if path.endswith(".yml"))))
    record = yaml.load(files[path], Loader=yaml.BaseLoader)
    places = [place for place in leaves(record) if place[-1] in TEXTS]
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    inner = record
    for part in place[:-1]:
        inner = inner[part]
    before = inner[place[-1]]
    inner[place[-1]] = after = f"{before} and more"
    fuller = files | {path: yaml.dump(record, sort_keys=False, allow_unicode=True, width=10**6, default_style='"')}
    if check(fuller)[1]:
        return  # named elsewhere, by `events.signed` or by `part_of`
    found = difference(bare_base(), bare(fuller))
    told = [each for record in found.records for each in record.fields]
    assert all((each.before, each.after) == (before, after) for each in told), told
    assert all(each.path[-1] == place[-1] for each in told)
    # a publication at the top of a table belongs to every record that rests on it
    shared = place[0] == "sources" and "records" in record
    assert len(told) >= 1 if shared else len(told) == 1


@settings(max_examples=4)
@given(files=st.sampled_from(KINDS).flatmap(lambda kind: drawn_files((kind,))))
def test_any_catalogue_is_told_in_every_form(files: Files) -> None:
    """Records with hostile texts come and go, and the numbers in the headline are those of the details."""
    drawn = side("drawn", files)
    for before, after in ((base_side(), drawn), (drawn, base_side())):
        found = difference(before, after)
        assert found.empty == (files == base_files())
        told = json.loads(as_json(found))
        assert [len(told[name]) for name in ("records", "pages", "lost")] == [
            len(found.records), len(found.pages), len(found.lost)
        ]  # fmt: skip
        for sort in Sort:
            number = sum(each["sort"] == sort for each in told["records"])
            if number and sort in (Sort.CHANGED, Sort.ADDED, Sort.REMOVED):
                assert f"{number} " in headline(found)
                assert sort in headline(found)
        assert len(as_markdown(found).encode()) <= LARGEST
        assert as_text(found).startswith(f"Since {before.name}: ")


# -- markdown is harmless

HOSTILE = (
    "@maria", "a@b", "| cell", "<script>alert(1)</script>", "`code`", "``` fence", "[a](javascript:x)", "![a](//b)",
    "# head", "#12", "https://example.org", "www.example.org", ":tada:", "</td></table>", "<!-- ", "&lt;b&gt;", "**b**",
    "a\n\n| x |\n", "\\|", "\\", "~~x~~", "_x_", "$x$",
)  # fmt: skip


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), min_size=1, max_size=4).map(" ".join))
def test_texts_of_records_are_text_in_markdown_and_nothing_else(text: str) -> None:
    field = FieldChange(("summary",), ("Summary", text), f"Before {text}", f"After {text} now")
    change = RecordChange(Sort.CHANGED, ("group", "X"), "Group", text, 1, fields=(field,))
    told = as_markdown(Difference("main", (change,)))
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert len(rows) == 3
    assert all(row.count("|") == 4 for row in rows)
    bare = told.replace("<del>", "").replace("</del>", "").replace("<ins>", "").replace("</ins>", "")
    assert not set(bare.replace("> ", "").replace("**", "")) & set("<>`[]*\\_~$")
    assert all(bare[n + 1 :].startswith("&#8203;") for n, sign in enumerate(bare) if sign == "@")
    assert "://" not in bare


@given(st.lists(st.sampled_from(("one", "two", "three,", "four.", "«five»")), max_size=9).map(" ".join), st.data())
def test_a_run_of_stretches_holds_both_texts(before: str, data: st.DataObject) -> None:
    """Without what came it is the first text, without what went the second, but for blanks."""
    words = data.draw(st.permutations(before.split()))
    after = " ".join(words[: data.draw(st.integers(0, len(words)))])
    run = stretches(before, after)
    for mark, text in ((Mark.NEW, before), (Mark.GONE, after)):
        assert "".join("".join(part.split()) for kind, part in run if kind is not mark) == text.replace(" ", "")


def test_what_does_not_fit_is_said() -> None:
    fields = tuple(FieldChange(("name",), ("Name", str(n)), "one " * 90, "two " * 90) for n in range(20))
    records = tuple(RecordChange(Sort.CHANGED, ("group", f"G{n}"), "Group", "G", 1, fields=fields) for n in range(40))
    told = as_markdown(Difference("main", records))
    assert len(told.encode()) <= LARGEST
    assert "more parts of this report would not fit here" in told
