"""Every code is explained, and every example of an explanation says what the program says.

After a change of a message: `pytest --update-golden`, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from conftest import HERE, TODAY, base_files

from generator.__main__ import commands
from generator.explained import GROUPS, Example, as_text, by_group, changed_lines, explanation_of, explanations
from generator.problems import Code, Severity
from generator.read import read_folder
from generator.survey import survey

FOLDER = HERE.parent / "generator" / "codes"
each_code = pytest.mark.parametrize("code", list(Code), ids=lambda code: code.slug)


def found_in(examples: tuple[Example, ...], code: Code, folder: Path) -> list[str]:
    """What `check` tells of a catalogue of `tests/base` with these files in it, written to a disk as they are.

    Of warnings only those of the code, on these files: an example that is right in all ways would be too long to read.
    """
    content = folder / "content"
    for path, text in base_files().items():
        _write(content / path, text.encode())
    for example in examples:
        if example.link:
            (content / example.path).symlink_to(example.link)
        else:
            _write(content / example.path, example.data)
    (folder / "notes").mkdir()
    (folder / "notes" / "urbelac.yml").write_text("id: urbelac\n", encoding="utf-8")
    files, faults = read_folder(content)
    found = [*faults, *survey(files, TODAY).problems]
    paths = {example.path for example in examples}
    errors = [each for each in found if each.code.severity is Severity.ERROR]
    warned = [each for each in found if each.code is code and each.place.path in paths and each not in errors]
    return [str(each) for each in [*errors, *warned]]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@each_code
def test_the_wrong_example_gives_these_lines_and_no_others(code: Code, tmp_path: Path, update_golden: bool) -> None:
    explained = explanation_of(code)
    found = found_in(explained.wrong, code, tmp_path)
    if update_golden and found != list(explained.problems):
        path = FOLDER / f"{code.slug}.yml"
        kept = path.read_text(encoding="utf-8").partition("\nproblems:")[0].rstrip("\n")
        path.write_text(kept + "\nproblems: |" + "".join(f"\n  {line}" for line in found) + "\n", encoding="utf-8")
        return
    assert found == list(explained.problems)
    assert {told.code for each in explained.wrong for told in explained.told(each.path)} == {code.slug}


@each_code
def test_the_right_example_gives_none(code: Code, tmp_path: Path) -> None:
    assert found_in(explanation_of(code).right, code, tmp_path) == []


def test_every_code_has_its_file_and_every_file_its_code() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {code.slug for code in Code}
    fields = {"about", "means", "why", "mend", "wrong", "right", "problems"}
    for path in FOLDER.iterdir():
        assert set(yaml.safe_load(path.read_text(encoding="utf-8"))) == fields, path.name


def test_every_explanation_says_all_that_it_should() -> None:
    for each in explanations():
        assert each.about in GROUPS
        assert len(each.means) > 30, each.code.slug
        assert len(each.why) > 30, each.code.slug
        assert each.mend, each.code.slug
        assert all(step.endswith((".", "?")) for step in (each.means, each.why, *each.mend)), each.code.slug
    assert sum(len(found) for found in by_group().values()) == len(Code)


def test_what_cannot_be_seen_is_shown_by_its_number() -> None:
    text = "\n".join(line for _, line in as_text(explanation_of(Code.BAD_TEXT)))
    assert "[U+202E]" in text
    assert "\u202e" not in text


def test_the_lines_that_differ_are_known() -> None:
    old, new = Example("x", "a\nb\nc", b""), Example("x", "a\nd\nc\ne", b"")
    assert changed_lines(new, old) == {2, 4}


def test_a_long_example_is_cut() -> None:
    lines = explanation_of(Code.TOO_LARGE).wrong[0].lines
    assert lines[3:] == ["… 60,000 lines in all"]


# -- the command


def explain(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(commands, ["--content", str(HERE / "base"), "explain", *words])
    return done.exit_code, done.output if done.exception is None else str(done.exception)


def test_explain_says_what_it_means_with_the_message_beneath_the_line() -> None:
    status, text = explain("bad-date")
    assert status == 0
    assert "    3 │ start: November 2010\n      │        ^\n        'November 2010' is not a date." in text
    assert "    3 │ start: 2010-11\n" in text
    assert "\x1b" not in text  # no colours in a pipe


@each_code
def test_explain_knows_every_code(code: Code) -> None:
    status, text = explain(code.slug)
    assert status == 0
    assert text.startswith(f"{code.slug}\n{code.rule[:30]}")
    for part in ("What it means", "Why the rule exists", "What to do", "Wrong", "Right"):
        assert f"\n{part}\n" in text


def test_explain_alone_lists_every_code_with_its_rule() -> None:
    status, text = explain()
    assert status == 0
    assert all(code.slug in text and code.rule in text for code in Code)


def test_explain_names_the_nearest_of_an_unknown_code() -> None:
    assert explain("bad-dates") == (1, "There is no code 'bad-dates'. Did you mean 'bad-date'?")
    assert explain("xyzzy")[1] == "There is no code 'xyzzy'. `catalogue explain` lists all codes."
