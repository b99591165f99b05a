"""`rename`: the record has its new id, whatever named it names it so, and nothing else in any file has moved."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from conftest import HERE, base_files
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.checking import Checked, collector_paused, look
from generator.editing.mentions import leads_to
from generator.editing.records import Change
from generator.editing.renaming import rename
from generator.model.catalogue import Catalogue
from generator.model.values import FieldPath, Reference
from generator.model.walk import walk
from generator.problems import Refused
from generator.read import read_folder

REAL = look(read_folder(HERE.parent / "content")[0])
RENAMED = [
    (kind.name, record.id)
    for kind in REAL.catalogue.kinds
    for record in REAL.catalogue.of(kind.name)
    if kind.name != "country" and record.id != "EU" and not record.id.endswith("index")
]


def base(**more: str) -> Checked:
    """The base with more files: `programmes__x` stands for `programmes/x.yml`."""
    named = {name.replace("__", "/").replace("_", "-") + ".yml": text for name, text in more.items()}
    return look({path: text.encode() for path, text in {**base_files(), **named}.items()})


def after(checked: Checked, change: Change) -> Checked:
    files = {**checked.files, **change.files}
    return look({path: data for path, data in files.items() if data is not None})


def lines_changed(checked: Checked, change: Change, moved: Mapping[str, str] | None = None) -> list[str]:
    """The lines that went and came, file by file; a moved file is compared with what it was."""
    found: list[str] = []
    for path, data in sorted(change.files.items()):
        if data is None:
            continue
        old = checked.files.get((moved or {}).get(path, path), b"")
        lines = [text.decode().splitlines() for text in (old, data) if isinstance(text, bytes)]
        found += [line for line in difflib.ndiff(*lines) if line[0] in "+-"]
    return found


def shape(catalogue: Catalogue, old: tuple[str, str], new: str) -> dict[Any, list[Any]]:
    """All that the records say, with the record `old` called `new` wherever it is named."""
    return {
        (kind.name, new if (kind.name, record.id) == old else record.id): sorted(_told(catalogue, record, old, new))
        for kind in catalogue.kinds
        for record in catalogue.of(kind.name)
    }


def _told(catalogue: Catalogue, record: Any, old: tuple[str, str], new: str) -> Iterator[str]:
    for path, value in walk(record):
        if path[:1] in (("aliases",), ("id",), ("body",)):
            continue
        named = isinstance(value, Reference) and leads_to(catalogue, value) == old
        text = new if named else value
        if isinstance(value, FieldPath):
            text = value.replace(f".{old[1]}", f".{new}")
        shown = [str(part).replace(f".{old[1]}", f".{new}") if path[0] == "evidence" else part for part in path]
        if isinstance(text, str) or not hasattr(text, "__dict__"):
            yield f"{shown} {text!s}" if not isinstance(text, tuple | dict) else f"{shown}"


def each_most_named(test: Any) -> Any:
    """Of each kind the record that most others name: where most could be forgotten."""
    for kind in sorted({kind for kind, _ in RENAMED}):
        keys = [key for key in RENAMED if key[0] == kind]
        test = example(max(keys, key=lambda key: len(REAL.catalogue.links_to.get(key, ()))))(test)
    return test


@settings(max_examples=5)
@given(st.sampled_from(RENAMED))
@each_most_named
def test_the_catalogue_is_the_old_one_with_another_id(key: tuple[str, str]) -> None:
    kind, old = key
    new = "NEW-NAME" if kind == "group" else "about/new-name" if kind == "page" else "new-name"
    with collector_paused():
        found = after(REAL, rename(REAL, f"{kind}/{old}", new))
    assert found.problems == ()
    assert found.catalogue.find(kind, old) is found.catalogue.find(kind, new)
    if kind != "page":  # links of pages are texts: their own test
        assert shape(found.catalogue, (kind, new), new) == shape(REAL.catalogue, key, new)


@settings(max_examples=6)
@given(st.sampled_from(RENAMED))
def test_back_again_gives_the_same_files_but_for_the_former_id(key: tuple[str, str]) -> None:
    kind, old = key
    if kind == "page":
        return
    new = "NEW-NAME" if kind == "group" else "new-name"
    with collector_paused():
        there = after(REAL, rename(REAL, f"{kind}/{old}", new))
        back = after(there, rename(there, f"{kind}/{new}", old))
    assert back.catalogue.find(kind, new) is back.catalogue.find(kind, old)
    assert {path for path in REAL.files if REAL.files[path] != back.files[path]} == {
        next(one.document.path for one in REAL.passed if (one.kind.name, one.record.id) == key)
    }


# -- the texts


def test_only_the_id_and_what_names_it_changes() -> None:
    checked = base()
    change = rename(checked, "fiiapp", "fiiapp-fsp")
    assert lines_changed(checked, change) == [
        "-   - {organisation: fiiapp, role: participant}",
        "+   - {organisation: fiiapp-fsp, role: participant}",
        "-   fiiapp:",
        "+   fiiapp-fsp:",
        "+     aliases: [fiiapp]",
        "-   fiiapp-lima: {name: FIIAPP in Lima, country: PE, part_of: fiiapp}",
        "+   fiiapp-lima: {name: FIIAPP in Lima, country: PE, part_of: fiiapp-fsp}",
        "-   - {organisation: fiiapp, role: lead, sources: [s1]}",
        "+   - {organisation: fiiapp-fsp, role: lead, sources: [s1]}",
    ]


def test_it_says_what_it_did() -> None:
    assert "\n".join(rename(base(), "fiiapp", "fiiapp-fsp").said) == (
        "The organisation 'fiiapp' is now 'fiiapp-fsp'; the former id still leads to it.\n"
        "  content/organisations.yml\n"
        "3 references were rewritten:\n"
        "  content/dialogues/summit-2015.yml: 1\n"
        "  content/organisations.yml: 1\n"
        "  content/programmes/cohesion.yml: 1"
    )
    assert "\n".join(rename(base(), "cohesion", "territorial-cohesion").said) == (
        "The programme 'cohesion' is now 'territorial-cohesion'; the former id still leads to it.\n"
        "  content/programmes/cohesion.yml is now content/programmes/territorial-cohesion.yml\n"
        "Nothing else named it."
    )


MANNERS = """# fiiapp stands in this comment, and stays
id: x   # the id
aliases:
  - w
  - "v"
name: X of fiiapp
participants:
  - organisation: "fiiapp"   # quoted
    role: lead
related: {programmes: ['cohesion']}
summary: fiiapp did it, see cohesion.
evidence:
  participants.fiiapp: editorial
disagreements:
  - {about: participants.fiiapp, text: One says so.}
  - about: [participants.fiiapp, name]
    text: Another says no.
"""


def test_items_named_by_a_record_are_renamed_and_texts_and_comments_are_not() -> None:
    checked = base(programmes__x=MANNERS)
    assert checked.problems == ()
    change = rename(checked, "organisations/fiiapp", "f-two")
    assert change.files["programmes/x.yml"] == (
        MANNERS.replace('"fiiapp"', "f-two").replace("participants.fiiapp", "participants.f-two").encode()
    )


def test_a_former_id_joins_those_that_are_there() -> None:
    checked = base(programmes__x=MANNERS)
    change = rename(checked, "x", "z")
    moved = {"programmes/z.yml": "programmes/x.yml"}
    assert lines_changed(checked, change, moved) == ["- id: x   # the id", "+ id: z   # the id", "+   - x"]
    again = after(checked, change)
    assert again.catalogue.records["programme"]["z"].aliases == ("w", "v", "x")


def test_a_record_may_have_its_former_id_back() -> None:
    checked = base(programmes__x=MANNERS)
    change = rename(checked, "x", "w")
    found = after(checked, change)
    assert found.catalogue.records["programme"]["w"].aliases == ("x", "v")


def test_a_record_in_braces_is_renamed_in_its_braces() -> None:
    change = rename(base(), "fiiapp-lima", "lima-office")
    data = change.files["organisations.yml"]
    assert data
    assert b"\n  lima-office: {aliases: [fiiapp-lima], name: FIIAPP in Lima, country: PE, part_of: fiiapp}\n" in data


@pytest.mark.parametrize("mark", [b"", "\ufeff".encode()], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_line_ends_and_the_mark_at_the_beginning_stay(mark: bytes, end: bytes) -> None:
    files = {path: text.encode() for path, text in base_files().items()}
    files["programmes/x.yml"] = mark + MANNERS.encode().replace(b"\n", end)
    checked = look(files)
    assert checked.problems == ()
    change = rename(checked, "fiiapp", "f-two")
    wanted = MANNERS.replace('"fiiapp"', "f-two").replace("participants.fiiapp", "participants.f-two")
    assert change.files["programmes/x.yml"] == mark + wanted.encode().replace(b"\n", end)
    renamed = MANNERS.replace("id: x ", "id: z ").replace('"v"', '"v"\n  - x')
    assert rename(checked, "x", "z").files["programmes/z.yml"] == mark + renamed.encode().replace(b"\n", end)


PAGE = """---
title: X
description: Links.
---
[One](../programmes/cohesion.md), [its end](../programmes/cohesion.md#evidence), [home](../index.md),
[about](index.md) and ![no page](cohesion.md), [elsewhere](https://example.org/cohesion.md).
"""


def with_page(path: str = "pages/about/x.md") -> Checked:
    return look({path: text.encode() for path, text in {**base_files(), path: PAGE}.items()})


def test_links_of_pages_are_rewritten_with_their_anchors() -> None:
    checked = with_page()
    assert checked.problems == ()
    change = rename(checked, "cohesion", "new-one")
    assert change.files["pages/about/x.md"] == PAGE.replace("programmes/cohesion.md", "programmes/new-one.md").encode()
    assert "  content/pages/about/x.md: 2" in change.said


def test_a_page_that_moves_keeps_what_it_links_to() -> None:
    change = rename(with_page(), "about/x", "guide/far/y")
    assert change.files["pages/about/x.md"] is None
    assert change.files["pages/guide/far/y.md"] == (
        PAGE.replace("title: X", "aliases: [about/x]\ntitle: X")
        .replace("](../", "](../../")
        .replace("](index.md)", "](../../about/index.md)")
        .replace("](cohesion.md)", "](../../about/cohesion.md)")
        .encode()
    )


# -- what may not be

REFUSALS = {
    ("cohesoin", "x"): "There is no record 'cohesoin'. Did you mean 'cohesion'?",
    ("programme/fiiapp", "x"): "There is no programme 'fiiapp'.",
    ("CL", "XX"): "A country is called by its ISO 3166-1 code, so 'CL' stays. Names come from CLDR.",
    ("EU", "EUROPE"): "'EU' stays: The programs of the catalogue speak of the European Union by this id.",
    ("CAN", "can"): "'can' is no id of a group. Write capitals, digits and single hyphens, as SICA.",
    ("CAN", "CL"): "'CL' is the id of «Chile» (content/countries.yml). Choose another: ids are never used again.",
    ("cohesion", "cohesion"): "It is called 'cohesion' already.",
    ("cohesion", "Co Hesion"): (
        "'Co Hesion' is no id of a programme. Write lower case letters, digits and single hyphens, as eu-chile-fund."
    ),
    ("cohesion", "../x"): (
        "'../x' is no id of a programme. Write lower case letters, digits and single hyphens, as eu-chile-fund."
    ),
    ("cohesion", "con"): "'con' is taken by the site or by an operating system; choose another.",
    ("cohesion", "status"): "'status' is taken by the site or by an operating system; choose another.",
    ("summits", "summit-2015"): (
        "'summit-2015' is the id of «Summit of 2015» (content/dialogues/summit-2015.yml). "
        "Choose another: ids are never used again."
    ),
    ("about/index", "about/y"): "'about/index' is the front of its section, which the navigation of the site names; it",
    ("index", "home"): "'index' is the front of its section",
}


@pytest.mark.parametrize(("old", "new"), REFUSALS)
def test_what_may_not_be_is_refused_with_the_reason(old: str, new: str) -> None:
    with pytest.raises(Refused) as told:
        rename(base(), old, new)
    assert REFUSALS[old, new] in str(told.value)


def test_an_id_of_several_kinds_asks_for_the_kind() -> None:
    text = "id: summits\nname: Another\nsummary: Text.\n"
    with pytest.raises(Refused, match=r"a dialogue and a programme\. Write dialogue/summits or programme/summits\."):
        rename(base(programmes__summits=text), "summits", "x")
    assert rename(base(programmes__summits=text), "dialogue/summits", "x").files["dialogues/summits.yml"] is None


RETIRED = """records:
  programme/gone: {aliases: [long-gone], name: Gone, retired: 2026-11-24, because: It was none., successor: programme/x}
"""


@pytest.mark.parametrize("new", ["gone", "long-gone"])
def test_what_was_retired_is_never_given_again(new: str) -> None:
    with pytest.raises(Refused, match=r"was «Gone», which was retired on 2026-11-24\. Choose another"):
        rename(base(programmes__x=MANNERS, retired=RETIRED), "cohesion", new)


def test_the_successor_of_a_retired_record_is_renamed_there_too() -> None:
    change = rename(base(programmes__x=MANNERS, retired=RETIRED), "x", "y")
    assert change.files["retired.yml"] == RETIRED.replace("programme/x", "programme/y").encode()


def test_former_and_retired_ids_say_what_became_of_them() -> None:
    checked = base(programmes__x=MANNERS, retired=RETIRED)
    with pytest.raises(Refused, match=r"'w' is a former id of a programme, which is called 'x' now\. Write"):
        rename(checked, "w", "z")
    with pytest.raises(Refused, match=r"The programme 'gone' was retired on 2026-11-24\."):
        rename(checked, "gone", "z")


def test_files_with_problems_are_mended_first() -> None:
    checked = base(programmes__x=MANNERS.replace("summary:", "sumary:"))
    with pytest.raises(Refused, match=r"Mend them first:\n  content/programmes/x\.yml:11:1: unknown-field"):
        rename(checked, "fiiapp", "f-two")
    with pytest.raises(Refused, match=r"programmes/x\.yml has problems\. Mend them first: catalogue check"):
        rename(checked, "x", "y")


def test_problems_elsewhere_do_not_hinder() -> None:
    checked = base(programmes__other="id: other\nname: Other\n")
    assert checked.problems
    assert rename(checked, "fiiapp", "f-two").files
