"""What the project says of itself is true."""

from __future__ import annotations

import re
from pathlib import Path

import click

from generator.__main__ import commands
from generator.checking import check
from generator.read import read_folder

BLOCK = re.compile(r"^```ya?ml\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_every_command_is_in_the_readme_and_shows_an_example() -> None:
    readme = Path("README.md").read_text(encoding="utf-8")
    context = click.Context(commands)
    names = commands.list_commands(context)
    assert len(names) > 4
    for name in names:
        command = commands.get_command(context, name)
        assert command is not None
        assert re.search(rf"`(catalogue )?{name}\b", readme), name
        assert re.search(r"Examples?:\s+catalogue ", command.help or ""), name


def test_every_make_target_that_the_readme_names_is_there() -> None:
    makefile = Path("Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"[`\n]make ([a-z]+)", Path("README.md").read_text(encoding="utf-8")))
    assert {name for name in named if f"\n{name}:" not in makefile} == set()


def test_the_examples_for_contributors_are_valid_records() -> None:
    """Each as a whole file among the real records, so that what it names is there."""
    text = Path("CONTRIBUTING.md").read_text(encoding="utf-8")
    examples = {}
    for block in BLOCK.findall(text):
        first, _, rest = block.partition("\n")
        named = re.match(r"# content/(\S+\.yml)", first)
        assert named, first
        examples[named[1]] = rest
    assert len(examples) >= 3
    files, _ = read_folder(Path("content"))
    assert [str(problem) for problem in check(files | examples)[1]] == []


def test_contributors_are_led_to_what_explains_every_code() -> None:
    text = Path("CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "`catalogue explain` lists them all" in text
    assert "`/codes/`" in text
    assert Path("generator/codes").is_dir()
