"""What the project says of itself is true."""

from __future__ import annotations

import re
from pathlib import Path

from generator.__main__ import commands
from generator.checking import check
from generator.problems import Code

BLOCK = re.compile(r"^```ya?ml\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_every_command_is_in_the_readme_and_shows_an_example() -> None:
    readme = Path("README.md").read_text(encoding="utf-8")
    for name, command in commands.commands.items():
        assert f"catalogue {name}" in readme, name
        assert "Example: catalogue" in (command.help or ""), name


def test_every_make_target_that_the_readme_names_is_there() -> None:
    makefile = Path("Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"[`\n]make ([a-z]+)", Path("README.md").read_text(encoding="utf-8")))
    assert {name for name in named if f"\n{name}:" not in makefile} == set()


def test_the_examples_for_contributors_are_valid_records() -> None:
    text = Path("CONTRIBUTING.md").read_text(encoding="utf-8")
    files = {}
    for block in BLOCK.findall(text):
        first, _, rest = block.partition("\n")
        named = re.match(r"# (?:content/)?(\S+\.yml)", first)
        if named:
            files[named[1]] = rest
    assert len(files) > 5
    assert [str(problem) for problem in check(files)[1]] == []


def test_contributors_find_every_code() -> None:
    text = Path("CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [code.slug for code in Code if code.slug not in text] == []
