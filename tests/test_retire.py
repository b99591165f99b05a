"""`retire`: the record goes, nothing names it any more, and a tombstone says what became of it."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import HERE, base_files
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checking import Checked, collector_paused, look
from generator.editing.records import Change
from generator.editing.retiring import retire
from generator.problems import Refused
from generator.read import read_folder

DAY = date(2026, 11, 24)
X = "id: x\nname: X\nsummary: Text.\nrelated: {programmes: [cohesion, z]}\n"
Z = "id: z\naliases: [old-z]\nname: Z, in full\nsummary: Text.\n"


def base(**more: str) -> Checked:
    named = {name.replace("__", "/").replace("_", "-") + ".yml": text for name, text in more.items()}
    return look({path: text.encode() for path, text in {**base_files(), **named}.items()})


def after(checked: Checked, change: Change) -> Checked:
    files = {**checked.files, **change.files}
    return look({path: data for path, data in files.items() if data is not None})


def test_a_record_that_nothing_names_goes() -> None:
    checked = base(programmes__z=Z)
    change = retire(checked, "z", "It was  recorded twice.", DAY)
    assert change.files == {
        "programmes/z.yml": None,
        "retired.yml": (
            b"records:\n  programme/z:\n    aliases: [old-z]\n    name: Z, in full\n    retired: 2026-11-24\n"
            b"    because: It was recorded twice.\n"
        ),
    }
    assert "\n".join(change.said) == (
        "The programme 'z' is retired on 2026-11-24. A tombstone stays in content/retired.yml.\n"
        "  content/programmes/z.yml is gone; its text stays in git.\n"
        "Nothing else named it."
    )
    found = after(checked, change)
    assert found.problems == ()
    assert found.catalogue.retired["programme", "old-z"].name == "Z, in full"


def test_what_names_it_is_led_to_its_successor() -> None:
    checked = base(programmes__z=Z, programmes__x=X)
    change = retire(checked, "z", "It is part of another.", DAY, "cohesion")
    assert change.files["programmes/x.yml"] == X.replace("[cohesion, z]", "[cohesion]").encode()
    assert b"    successor: programme/cohesion\n" in (change.files["retired.yml"] or b"")


def test_without_a_successor_what_names_it_is_listed() -> None:
    with pytest.raises(Refused) as told:
        retire(base(programmes__z=Z, programmes__x=X), "z", "It went.", DAY)
    assert str(told.value) == (
        "Nothing was changed: The programme 'z' is still named here:\n"
        "  content/programmes/x.yml: 1\n"
        "Mend these first, or name what is to be read instead with --successor."
    )


def test_a_successor_of_another_kind_does_not_stand_in_its_place() -> None:
    with pytest.raises(Refused, match=r"is named here, where a dialogue can't stand in its place:\n.*x\.yml: 1"):
        retire(base(programmes__z=Z, programmes__x=X), "z", "It went.", DAY, "dialogue/summits")
    change = retire(base(programmes__z=Z), "z", "It went.", DAY, "dialogue/summits")
    assert b"successor: dialogue/summits" in (change.files["retired.yml"] or b"")


def test_an_entry_of_a_file_goes_with_the_sources_that_only_it_rested_on() -> None:
    checked = base(organisations=base_files()["organisations.yml"] + "  other: {name: Other, evidence: {name: [s1]}}\n")
    change = retire(checked, "fiiapp", "It went.", DAY, "other")
    text = (change.files["organisations.yml"] or b"").decode()
    assert "s2" not in text
    assert "  fiiapp:" not in text
    assert "part_of: other" in text
    assert after(checked, change).problems == ()


def test_a_second_tombstone_stands_below_the_first() -> None:
    checked = base(programmes__z=Z, programmes__x="# why\n" + X.replace(", z", ""))
    first = after(checked, retire(checked, "z", "One: two.", DAY))
    second = after(first, retire(first, "x", "It went.", DAY, "cohesion"))
    text = second.files["retired.yml"]
    assert isinstance(text, bytes)
    assert text.startswith(bytes(first.files["retired.yml"]))  # type: ignore[arg-type]
    assert second.problems == ()


def test_a_chain_of_successors_leads_to_the_last() -> None:
    checked = base(programmes__z=Z, programmes__x=X.replace(", z", ""))
    first = after(checked, retire(checked, "z", "It went.", DAY, "x"))
    second = after(first, retire(first, "x", "It went.", DAY, "cohesion"))
    assert second.catalogue.retired["programme", "z"].successor == "cohesion"


@pytest.mark.parametrize(
    ("id", "because", "successor", "told"),
    [
        ("z", " ", "", "Say why the record goes"),
        ("z", "It went.", "z", "A record is not its own successor"),
        ("z", "It went.", "nobody", "There is no record 'nobody'"),
        ("nobody", "It went.", "", "There is no record 'nobody'"),
        ("z", "It <b>went</b>.", "", "raw-html"),
        ("EU", "It went.", "", "'EU' stays"),
        ("about/index", "It went.", "", "is the front of its section"),
        ("index", "It went.", "", "is the front of its section"),
    ],
)
def test_what_may_not_be_is_refused_with_the_reason(id: str, because: str, successor: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        retire(base(programmes__z=Z), id, because, DAY, successor)


def test_links_of_pages_follow_too() -> None:
    page = "---\ntitle: X\ndescription: Text.\n---\n[Z](../programmes/z.md#end)\n"
    files = {
        path: text.encode() for path, text in {**base_files(), "programmes/z.yml": Z, "pages/about/x.md": page}.items()
    }
    checked = look(files)
    with pytest.raises(Refused, match=r"pages/about/x\.md: 1"):
        retire(checked, "z", "It went.", DAY)
    change = retire(checked, "z", "It went.", DAY, "dialogue/summits")
    assert change.files["pages/about/x.md"] == page.replace("programmes/z.md", "dialogues/summits.md").encode()


REAL = look(read_folder(HERE.parent / "content")[0])


PROGRAMMES = st.sampled_from(sorted(REAL.catalogue.records["programme"]))


@settings(max_examples=10)
@given(PROGRAMMES, PROGRAMMES)
def test_the_catalogue_stays_without_problems(id: str, successor: str) -> None:
    try:
        with collector_paused():
            found = after(REAL, retire(REAL, f"programme/{id}", "It went.", DAY, f"programme/{successor}"))
    except Refused:
        found = None
    if found:
        assert found.problems == ()
        assert not found.catalogue.find("programme", id)
    else:  # its own successor, or one that names it and would then name itself
        names = [link.id for link in REAL.catalogue.links_to.get(("programme", id), ())]
        assert id == successor or successor in names
