"""`new`: a record to begin with, which is clean from the first line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import base_files

from generator.checking import Checked, look
from generator.commands import new as command
from generator.commands.common import Settings
from generator.editing.skeleton import FirstSource, begin, kind_to_begin, proposed_id
from generator.editing.style import formatted
from generator.kinds import KINDS
from generator.problems import Refused

SOURCE = FirstSource("A page", "A publisher", "https://example.org/new", date(2026, 11, 24))
GIVEN = {
    "programme": ("water-fund", {"name": "Fund for the water of lakes", "summary": "Text: with a colon."}),
    "agreement": (
        "eu-nowhere",
        {"name": "Treaty on hats", "type": "trade-agreement", "parties": ["EU", "CL"], "summary": "Text."},
    ),
    "dialogue": ("hats", {"name": "Meeting of hatters", "type": "ministerial", "summary": "Text."}),
    "border-area": ("hat-hills", {"name": "Hills of hats", "summary": "Text."}),
    "country": ("BR", {"side": "lac"}),
    "group": ("HATS", {"name": "League of hats"}),
    "organisation": ("hatters", {"name": "Hatters without borders"}),
    "theme": ("hats", {"labels": {"en": "Hats"}}),
    "figure": ("hats-sold", {"type": "trade", "label": "Hats sold"}),
    "page": ("about/hats", {"title": "Hats", "description": "On hats.", "body": "Text."}),
}


def base() -> Checked:
    return look({path: text.encode() for path, text in base_files().items()})


@pytest.mark.parametrize("source", [None, SOURCE], ids=["without a source", "with a source"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_begun_is_clean_and_in_the_one_style(kind: object, source: FirstSource | None) -> None:
    id, values = GIVEN[kind.name]  # type: ignore[attr-defined]
    checked = base()
    change = begin(checked, kind, id, values, source)  # type: ignore[arg-type]
    after = look({**checked.files, **{p: d for p, d in change.files.items() if d is not None}})
    assert after.problems == ()
    assert after.catalogue.find(kind.name, id)  # type: ignore[attr-defined]
    (data,) = change.files.values()
    assert data
    if kind.folder and kind.name != "page":  # type: ignore[attr-defined]
        assert data.startswith(b"# yaml-language-server: $schema=../../generator/schema/")
        assert formatted(data, kind) == data.decode()  # type: ignore[arg-type]


def test_an_entry_is_added_to_a_file_and_nothing_else_moves() -> None:
    old = base_files()["organisations.yml"]
    change = begin(base(), kind_to_begin(base(), "organisation"), "hatters", {"name": "Hatters"}, SOURCE)
    text = (change.files["organisations.yml"] or b"").decode()
    kept = [line for line in text.splitlines() if line in old.splitlines()]
    assert kept == old.splitlines()


@pytest.mark.parametrize(
    ("kind", "id", "values", "told"),
    [
        ("programme", "cohesion", {"name": "Other", "summary": "T."}, "'cohesion' is the id of «Cohesion»"),
        ("programme", "Bad Id", {"name": "Other", "summary": "T."}, "'Bad Id' is no id of a programme"),
        ("programme", "con", {"name": "Other", "summary": "T."}, "is taken by the site or by an operating system"),
        ("programme", "x", {"name": "Other"}, "A programme needs more before it can begin:\n  --set summary="),
        ("programme", "", {}, "--name"),
        (
            "programme",
            "x",
            {"name": "Other", "summary": "T.", "budgit": "1"},
            "no field 'budgit'. Did you mean 'budget'",
        ),
        ("programme", "x", {"name": "Program for social cohesion", "summary": "T."}, "There is «Cohesion» already"),
        ("programme", "x", {"name": "Other", "summary": "<b>T.</b>"}, "raw-html"),
        ("agreement", "x", {"name": "O", "type": "treaty", "parties": ["EU"], "summary": "T."}, "not-in-vocabulary"),
        ("group", "CL", {"name": "Other"}, "'CL' is the id of «Chile»"),
        ("group", "hats", {"name": "Other"}, "Write capitals"),
        ("country", "ZZ", {"side": "lac"}, "unknown-country-code"),
        ("page", "programmes/x", {"title": "X", "description": "D.", "body": "T."}, "bad-id"),
    ],
)
def test_what_may_not_be_is_refused_with_the_reason(kind: str, id: str, values: dict[str, object], told: str) -> None:
    checked = base()
    with pytest.raises(Refused) as refused:
        begin(checked, kind_to_begin(checked, kind), id, values)
    assert told in str(refused.value)


def test_a_name_that_is_nearly_there_may_be_another_thing() -> None:
    checked = base()
    values = {"name": "Program for social cohesion", "summary": "T."}
    assert begin(checked, kind_to_begin(checked, "programmes"), "x", values, anyway=True).files


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(Refused, match=r"There is no kind 'programm'\. Did you mean 'programme'"):
        kind_to_begin(base(), "programm")


@pytest.mark.parametrize(
    ("kind", "name", "id"),
    [
        ("programme", "Cooperación União & L'Été 2.0", "cooperacion-uniao-lete-2-0"),
        ("group", "Alianza del Pacífico", "ALIANZA-DEL-PACIFICO"),
        ("page", "How we know", "about/how-we-know"),
        ("theme", "水", ""),
    ],
)
def test_an_id_is_made_of_the_name(kind: str, name: str, id: str) -> None:
    assert proposed_id(kind_to_begin(base(), kind), name) == id


# -- the command


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for name, text in base_files().items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are asked as on a terminal."""

    monkeypatch.setattr(command, "is_terminal", lambda: True)


def run(content: Path, words: list[str], answers: str = "") -> click.testing.Result:
    settings = Settings(content, Path("mkdocs.yml"), date(2026, 11, 24))
    return CliRunner().invoke(command.new_command, words, obj=settings, input=answers)


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_it_asks(content: Path) -> None:
    done = run(content, ["group"], "League of hats\nHATS\nOn hats\nA hatter\n\n")
    assert done.exit_code == 0, done.output
    assert "Its id [LEAGUE-OF-HATS]: HATS" in done.output
    assert done.output.endswith(
        "'HATS' stands in content/groups.yml now.\nNext: fill it in, then say: catalogue check content/groups.yml\n"
    )
    assert "  HATS:\n    name: League of hats\n" in (content / "groups.yml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("terminal")
def test_words_of_a_fixed_list_are_numbered(content: Path) -> None:
    done = run(content, ["dialogue", "hats"], "Meeting of hatters\n2\nText.\n\n")
    assert done.exit_code == 0, done.output
    assert "  2  Ministerial meeting (ministerial)" in done.output
    assert "type: ministerial\n" in (content / "dialogues" / "hats.yml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("terminal")
def test_stopped_while_asked_it_writes_nothing(content: Path) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    done = run(content, ["dialogue", "hats"], "Meeting of hatters\n")
    assert done.exit_code == 1
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before


def test_in_a_script_it_never_asks(content: Path) -> None:
    done = run(content, ["dialogue", "hats"], "Meeting of hatters\n2\nText.\n")
    assert isinstance(done.exception, Refused)
    assert str(done.exception).splitlines()[0] == "A dialogue needs more before it can begin:"
    assert [line.split("=")[0].strip() for line in str(done.exception).splitlines()[1:]][1:] == [
        "--set type", "--set summary"
    ]  # fmt: skip
