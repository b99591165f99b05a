"""A change of the schema brings its own rewrite: all records or none, comments and all, the new number last."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import HERE, problems_of

from generator.commands.common import Settings
from generator.commands.migrate import migrate
from generator.editing.edits import values_of
from generator.editing.migrations import MIGRATIONS, Migration, migrated
from generator.problems import Refused
from generator.read import FORMAT, read_folder

PROGRAMME = """\
id: x
# As printed.
name: X and Y  # kept
level:   regional
summary: >-
  Folded
  by hand.
"""
COUNTRIES = "records:\n  AR:\n    # The seat.\n    capital: Buenos Aires\n  BR:\n    iso3: BRA\n"
FILES = {
    "countries.yml": COUNTRIES,
    "programmes/x.yml": PROGRAMME,
    "pages/a.md": "---\ntitle: A\ndescription: D\n---\nText.\n",
}


def renamed(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"seat" if name == "capital" else name: value for name, value in values.items()}


def split(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    if kind == "programme":
        first, _, second = values.pop("name").partition(" and ")
        values |= {"first_name": first, "second_name": second}
    return values


STEPS = {2: Migration("The capital is called seat.", renamed), 3: Migration("A name has two parts.", split)}


def test_each_step_is_made_and_the_number_comes_last() -> None:
    done = migrated(FILES, STEPS)
    assert list(done.texts) == ["countries.yml", "programmes/x.yml", "format.yml"]
    assert done.texts["countries.yml"] == COUNTRIES.replace("capital", "seat")
    assert values_of(done.texts["programmes/x.yml"]) == {
        "id": "x", "level": "regional", "summary": "Folded by hand.", "first_name": "X", "second_name": "Y",
    }  # fmt: skip
    assert "level:   regional\nsummary: >-\n  Folded\n  by hand.\n" in done.texts["programmes/x.yml"]
    assert done.texts["format.yml"].endswith("\nformat: 3\n")


def test_only_the_steps_that_are_wanting_are_made() -> None:
    done = migrated(FILES | {"format.yml": "# Ours.\nformat: 2\n"}, STEPS)
    assert list(done.steps) == [3]
    assert list(done.texts) == ["programmes/x.yml", "format.yml"]
    assert done.texts["format.yml"] == "# Ours.\nformat: 3\n"
    assert migrated(FILES | {"format.yml": "format: 3\n"}, STEPS).texts == {}


def test_a_field_that_is_renamed_keeps_its_comments_and_its_place() -> None:
    step = Migration("Renamed.", lambda kind, v: {"title" if n == "name" else n: x for n, x in v.items()})
    text = migrated({"programmes/x.yml": PROGRAMME}, {2: step}).texts["programmes/x.yml"]
    assert text == PROGRAMME.replace("name: X", "title: X")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"programmes/x.yml": "id: x\nname: a: b\n"}, "programmes/x.yml, line 2, cannot be read"),
        ({"programmes/x.yml": "? id\n: x\n"}, "programmes/x.yml cannot be migrated"),
        ({"programmes/x.yml": b"id: \xff\n"}, "programmes/x.yml is not UTF-8"),
        ({"format.yml": "format: 9\n"}, "knows formats up to 3"),
        ({"format.yml": "format: new\n"}, "format.yml cannot be read"),
    ],
)
def test_what_cannot_be_migrated_stops_it_and_is_named(files: Any, told: str) -> None:
    step = Migration("Adds a field.", lambda kind, values: {**values, "new": "1"})
    with pytest.raises(Refused, match=told):
        migrated(FILES | files, {2: step, 3: step})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Settings(tmp_path, tmp_path / "mkdocs.yml", date(2026, 11, 24))


def test_the_command_writes_all_files_and_has_nothing_to_do_afterwards(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    migrate(settings, STEPS, dry_run=True)
    assert read_folder(settings.content)[0] == {name: text.encode() for name, text in FILES.items()}
    assert "Format 2: The capital is called seat." in capsys.readouterr().out
    migrate(settings, STEPS, dry_run=False)
    assert "\nformat: 3\n" in (settings.content / "format.yml").read_text(encoding="utf-8")
    assert "3 files changed." in capsys.readouterr().out
    migrate(settings, STEPS, dry_run=False)
    assert "nothing to do" in capsys.readouterr().out


def test_one_file_that_cannot_be_migrated_leaves_all_as_they_were(settings: Settings) -> None:
    (settings.content / "programmes" / "z.yml").write_text("id: z\nname: a: b\n", encoding="utf-8")
    before = read_folder(settings.content)[0]
    with pytest.raises(Refused):
        migrate(settings, STEPS, dry_run=False)
    assert read_folder(settings.content)[0] == before


def test_the_program_reads_the_format_that_its_migrations_lead_to() -> None:
    assert list(MIGRATIONS) == list(range(2, FORMAT + 1))


def test_content_without_a_number_has_format_1_and_newer_content_is_refused() -> None:
    assert problems_of({"format.yml": f"format: {FORMAT}\n"}) == []
    with pytest.raises(Refused, match="Get its newest version"):
        problems_of({"format.yml": f"format: {FORMAT + 1}\n"})


def test_the_real_content_has_the_format_that_the_program_reads() -> None:
    text = (HERE.parent / "content" / "format.yml").read_text(encoding="utf-8")
    assert values_of(text) == {"format": str(FORMAT)}
