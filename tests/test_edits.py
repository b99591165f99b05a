"""The one door through which YAML is changed: what was meant is read back, and nothing else moved."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from conftest import HERE

from generator.editing import edits
from generator.editing.edits import EditError, appended, edited, reordered, values_of, with_field, without_field
from generator.kinds import KINDS
from generator.read import read_folder

PROGRAMME = next(kind for kind in KINDS if kind.name == "programme")
COUNTRY = next(kind for kind in KINDS if kind.name == "country")
PAGE = next(kind for kind in KINDS if kind.name == "page")
RECORD = """\
# A programme.

id: x
name: "Odd   spacing"   # kept
# About the level.
level:   regional
start: 2012-06
countries: [AR, BR]   # two
phases:
# Unindented, and first.
- name: First
  start: 2012
  # Why the note.
  note: >-
    A note in
    two lines.
- {name: Second, sources: [s1]}

# The sources.

# Read twice.
sources:
    - id: s1
      title: 'It''s'
    # The second.
    - id: s2
      title: Other
# The end.
"""


def lines_that_differ(one: str, other: str) -> tuple[list[str], list[str]]:
    """The lines that only one of two texts has."""
    first, second = one.splitlines(), other.splitlines()
    return [line for line in first if line not in second], [line for line in second if line not in first]


def test_what_has_these_values_already_is_left_to_the_letter() -> None:
    assert edited(RECORD, values_of(RECORD)) == RECORD


@pytest.mark.parametrize(
    ("path", "value", "gone", "come"),
    [
        (("name",), "New", ['name: "Odd   spacing"   # kept'], ["name: New  # kept"]),
        (("name",), "NO", ['name: "Odd   spacing"   # kept'], ["name: 'NO'  # kept"]),
        (("name",), "1:30", ['name: "Odd   spacing"   # kept'], ["name: '1:30'  # kept"]),
        (("start",), "2013-01-01", ["start: 2012-06"], ["start: 2013-01-01"]),
        (("countries",), ["AR", "BR", "NO"], ["countries: [AR, BR]   # two"], ["countries: [AR, BR, 'NO']  # two"]),
        (("phases", 0, "name"), "a: b", ["- name: First"], ["- name: 'a: b'"]),
        (
            ("phases", 1, "sources"),
            ["s1", "s2"],
            ["- {name: Second, sources: [s1]}"],
            ["- {name: Second, sources: [s1, s2]}"],
        ),
        (("sources", 1, "title"), "#1", ["      title: Other"], ["      title: '#1'"]),
        (("sources", 0, "note"), "Two\nlines", [], ["      note: |-", "        Two", "        lines"]),
        (("related",), {"programmes": ["other"]}, [], ["related:", "  programmes: [other]"]),
    ],
)
def test_a_value_that_is_set_changes_its_own_lines(path: Any, value: Any, gone: list[str], come: list[str]) -> None:
    assert lines_that_differ(RECORD, with_field(RECORD, path, value, PROGRAMME)) == (gone, come)


def test_a_new_field_stands_at_its_place_in_the_model() -> None:
    made = with_field(RECORD, ("aliases",), ["former"], PROGRAMME)
    assert made == RECORD.replace("id: x\n", "id: x\naliases: [former]\n")


def test_an_alias_is_added_to_those_that_are_there() -> None:
    once = appended(RECORD, ("aliases",), "first", PROGRAMME)
    assert "\naliases: [first, second]\n" in appended(once, ("aliases",), "second", PROGRAMME)


def test_a_long_list_goes_below_its_key() -> None:
    names = [f"organisation-number-{number}" for number in range(8)]
    made = with_field(RECORD, ("countries",), names)
    last = "   organisation-number-4, organisation-number-5, organisation-number-6, organisation-number-7]  # two\n"
    assert f"\ncountries:\n  [{', '.join(names[:4])},\n{last}" in made


def test_what_is_deleted_takes_its_comments_along_and_no_others() -> None:
    made = without_field(RECORD, ("phases", 0))
    assert lines_that_differ(RECORD, made)[0] == RECORD.splitlines()[9:16]
    assert lines_that_differ(RECORD, made)[1] == []
    made = without_field(RECORD, ("sources",))
    assert "# The sources." in made
    assert "# Read twice." not in made
    assert made.endswith("# The end.\n")


def test_what_is_moved_takes_its_comments_along() -> None:
    made = reordered(RECORD, ("sources",), [1, 0])
    first, second = "    - id: s1\n      title: 'It''s'\n", "    # The second.\n    - id: s2\n      title: Other\n"
    assert made.endswith(f"sources:\n{second}{first}# The end.\n")
    made = reordered(RECORD, (), ["id", "level"])
    assert made.startswith("# A programme.\n\nid: x\n# About the level.\nlevel:   regional\nname:")


def test_items_are_known_by_their_id() -> None:
    values = values_of(RECORD)
    values["sources"] = [{"id": "s2", "title": "Changed"}, values["sources"][0]]
    made = edited(RECORD, values)
    assert "    # The second.\n    - id: s2\n      title: Changed\n    - id: s1\n      title: 'It''s'\n" in made


def test_new_prose_is_folded_and_what_is_there_is_not_wrapped_again() -> None:
    made = with_field(RECORD, ("phases", 0, "note"), "A long sentence. " * 10 + "End.", PROGRAMME)
    note = made[made.index("note:") : made.index("- {name: Second")]
    assert note.startswith("note: >-\n    A long sentence.")
    assert max(map(len, made.splitlines())) <= 120


def test_line_ends_of_another_system_stay() -> None:
    crlf = RECORD.replace("\n", "\r\n")
    assert with_field(crlf, ("name",), "New") == with_field(RECORD, ("name",), "New").replace("\n", "\r\n")


def test_a_page_keeps_its_text() -> None:
    page = "---\ntitle: Old # why\ndescription: D.\n---\nText --- with\n\n---\n\ntitle: Old\n"
    made = with_field(page, ("title",), "New: one", PAGE)
    assert made == page.replace("title: Old # why", "title: 'New: one'  # why", 1)


def test_a_record_in_a_table_is_changed_alone() -> None:
    path = HERE.parent / "content" / "countries.yml"
    text = path.read_text(encoding="utf-8")
    made = with_field(text, ("records", "AG", "capital"), "St. John's", COUNTRY)
    assert lines_that_differ(text, made) == (["    capital: Saint John's"], ["    capital: St. John's"])


@pytest.mark.parametrize(
    ("text", "path", "told"),
    [
        ("a: b: c\n", ("a",), "Line 1 cannot be read"),
        ("a: 1\n", ("b", "c"), "There is no b"),
        ("a: 1\n", ("a", "c"), "There is no place for a.c"),
        ("a: []\n", ("a", 3), "There is no place for a.3"),
        ("? a\n: 1\n", ("a",), "laid out in an unusual way"),
    ],
)
def test_what_cannot_be_changed_is_told(text: str, path: Any, told: str) -> None:
    with pytest.raises(EditError, match=told):
        with_field(text, path, "x")


@pytest.mark.parametrize("value", [5, 2.5, b"x", "\ud800", {"a": 1}])
def test_what_is_never_read_is_never_written(value: Any) -> None:
    with pytest.raises((EditError, TypeError)):
        with_field(RECORD, ("name",), value)


def test_a_text_that_would_say_something_else_does_not_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "block_lines", lambda block, indent: ["id: y"])
    with pytest.raises(EditError, match="would say something else"):
        with_field(RECORD, ("name",), "New")


def test_a_text_that_loses_a_comment_does_not_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    right = edits.block_lines
    monkeypatch.setattr(edits, "block_lines", lambda b, i: [line for line in right(b, i) if "# two" not in line])
    with pytest.raises(EditError):
        with_field(RECORD, ("countries",), ["AR"])
    monkeypatch.setattr(edits, "block_lines", lambda b, i: [line.replace("  # kept", "") for line in right(b, i)])
    with pytest.raises(EditError, match="A comment would be lost"):
        with_field(RECORD, ("name",), "New")


# -- many edits at random

NASTY = (
    " ", "  a", "a ", "a: b", "a:", ":", "# x", "a # b", "#", "- a", "-", "--", "---", "...", "? a", "é😀", "a\nb",
    "a\n\nb\n", "\n", "", "a\n", "  lead\nx", "x\n  \ny", "end\n\n\n", "NO", "yes", "null", "~", "true", "2012-06-26",
    "2012", "012", "1_000", "1:30", "2.5", "31996E0697", '"q"', "'s'", "it's", "a, b", "[x", "{y}", "x]", "*a", "&a",
    "!t", "%d", "@h", "`b", "|", ">", "x\ty", "\tx", "a\u2028b", "\u00a0", "\ufeffx", "x" * 300, "word " * 60 + "end",
    "a\\nb", "C:\\x", "=", "<<", "a\r\nb", "\x07", "عربي", "para one " * 20 + "\n\n" + "para two " * 20, "x:\ny",
    "#\n#", "- a\n- b", "a\n---\nb", "a\n...\nb",
)  # fmt: skip
KEYS = ("a", "note", "NO", "x y", "2019", "k: v", "é", "id", "#", "-", "")


def drawn(chance: random.Random, depth: int = 0) -> Any:
    """A value of any sort, mostly a nasty text."""
    dice = chance.random()
    if dice < 0.7 or depth > 2:
        return chance.choice(NASTY)
    if dice < 0.75:
        return chance.choice([True, False, None])
    if dice < 0.87:
        return [drawn(chance, depth + 1) for _ in range(chance.randint(0, 4))]
    return {chance.choice(KEYS): drawn(chance, depth + 1) for _ in range(chance.randint(0, 4))}


def places(value: Any, path: Any = ()) -> Iterator[tuple[Any, Any]]:
    """All values with their paths."""
    yield path, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from places(inner, (*path, key))


def commented(chance: random.Random, text: str) -> str:
    """A text with comments and empty lines wherever YAML takes them without reading something else."""
    made: list[str] = []
    inside: int | None = None
    for line in text.splitlines():
        column = len(line) - len(line.lstrip())
        inside = inside if inside is not None and (column > inside or not line.strip()) else None
        if inside is None and chance.random() < 0.1:
            made.append(" " * column + f"# Comment {chance.randint(0, 99)}.")
        if inside is None and chance.random() < 0.03:
            made.append("")
        if re.search(r"[|>][-+]?$", line):
            inside = column + 2 * line.lstrip().startswith("- ")
        elif inside is None and line.strip() and chance.random() < 0.05:
            line += f"  # Behind {chance.randint(0, 99)}."
        made.append(line)
    return "\n".join(made) + "\n"


def one_edit(chance: random.Random, text: str, values: Any) -> tuple[Any, Any, str]:
    """A change as what it does to the text, the values that shall be read, and what sort of change it is."""
    wanted = deepcopy(values)
    there = list(places(values))
    sort = chance.choice(("set", "new", "delete", "append", "reorder"))
    if sort in ("set", "delete"):
        path, _ = chance.choice(there[1:])
        holder = follow(wanted, path[:-1])
        if sort == "delete":
            del holder[path[-1]]
            return lambda: without_field(text, path), wanted, sort
        holder[path[-1]] = value = drawn(chance)
        return lambda: with_field(text, path, value), wanted, sort
    if sort == "new":
        path, _ = chance.choice([(p, v) for p, v in there if isinstance(v, dict)])
        key, value = chance.choice(KEYS), drawn(chance)
        sort = "set" if key in follow(wanted, path) else sort
        follow(wanted, path)[key] = value
        return lambda: with_field(text, (*path, key), value), wanted, sort
    if sort == "append":
        path, _ = chance.choice([(p, v) for p, v in there if isinstance(v, list)])
        follow(wanted, path).append(value := drawn(chance))
        return lambda: appended(text, path, value), wanted, sort
    path, found = chance.choice([(p, v) for p, v in there if isinstance(v, dict | list) and v])
    order = list(found) if isinstance(found, dict) else list(range(len(found)))
    chance.shuffle(order)
    turned = [found[each] for each in order]
    holder = follow(wanted, path)
    holder.clear()
    holder.update(zip(order, turned, strict=True)) if isinstance(found, dict) else holder.extend(turned)
    return lambda: reordered(text, path, order), wanted, sort


def follow(value: Any, path: Any) -> Any:
    for part in path:
        value = value[part]
    return value


def texts_to_edit(chance: random.Random) -> list[str]:
    """The shorter real records, as they are and with comments, and the record above."""
    files, _ = read_folder(HERE.parent / "content")
    records = [data.decode() for path, data in files.items() if "/" in path and path.endswith(".yml")]
    short = sorted(records, key=len)[:60]
    noisy = [commented(chance, text) for text in short]
    assert [values_of(text) for text in noisy] == [values_of(text) for text in short]
    return [*short, *noisy, *[RECORD] * 30]


EDITS = 5000


def test_many_edits_are_read_back_as_they_were_meant_or_refused() -> None:
    chance = random.Random(5)
    pool = [(text, values_of(text)) for text in texts_to_edit(chance)]
    refused = []
    for number in range(EDITS):
        if number % 10 == 0:  # a text that was just parsed is edited faster
            text, values = chance.choice(pool)
        change, wanted, sort = one_edit(chance, text, values)
        try:
            made = change()
        except EditError as error:
            refused.append(str(error))
            continue
        found = values_of(made)
        assert found == wanted
        if sort == "reorder":
            assert edits.same_order(found, wanted)
        if sort not in ("set", "delete"):
            assert Counter(COMMENT.findall(made)) == Counter(COMMENT.findall(text))
    assert len(refused) <= EDITS * 0.01, refused[:20]


COMMENT = re.compile(r"# (?:Comment|Behind) [0-9]+\.")
