"""One mistake, one golden file: the lines that an editor is shown, with line and column.

`tests/cases/*.yml` each hold a truth (`title`), the files that show it, and the lines. A file of a case is a
text; `{hex: …}` are its bytes; `{repeat: …, times: …}` is a long one. `base: true` puts the files into the
catalogue of `tests/base`. After a change of a message: `pytest --update-golden`, and read the difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import HERE, TODAY, base_files, problems_of

from generator.problems import Code, Severity
from generator.survey import survey

CASES = sorted((HERE / "cases").glob("*.yml"))
WARNINGS = [code for code in Code if code.severity is Severity.WARNING]
ELSEWHERE = {Code.SYMLINK: "needs a disk: test_read.py"}


def load(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(case) <= {"title", "base", "files", "problems"}, path
    return case | {"problems": case["problems"].splitlines()}


def files_of(case: dict[str, Any]) -> dict[str, bytes | str]:
    files: dict[str, bytes | str] = dict(base_files()) if case.get("base") else {}
    return files | {path: _content(value) for path, value in case["files"].items()}


def _content(value: str | dict[str, Any]) -> bytes | str:
    if isinstance(value, str):
        return value.encode()
    return bytes.fromhex(value["hex"]) if "hex" in value else str(value["repeat"] * value["times"]).encode()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_mistake_gives_these_lines_and_no_others(path: Path, update_golden: bool) -> None:
    case = load(path)
    found = _told(path, files_of(case))
    if update_golden and found != case["problems"]:
        _write(path, found)
        return
    assert found == case["problems"], case["title"]


def _told(path: Path, files: Mapping[str, bytes | str]) -> list[str]:
    """The lines of a case: errors, or where it is named after a warning, those of its code."""
    warning = next((code for code in WARNINGS if path.stem.startswith(code.slug)), None)
    if warning is None:
        return problems_of(files)
    assert problems_of(files) == []
    return [str(problem) for problem in survey(files, TODAY).problems if problem.code is warning]


def _write(path: Path, lines: list[str]) -> None:
    """Put the lines under `problems`, the last field of a case; the rest stays as it was written."""
    kept = path.read_text(encoding="utf-8").partition("\nproblems:")[0].rstrip("\n")
    block = "|" + "".join(f"\n  {line}" for line in lines) if lines else '""'
    path.write_text(f"{kept}\nproblems: {block}\n", encoding="utf-8")


def test_a_case_that_is_fine_has_no_problems() -> None:
    for path in CASES:
        assert path.stem.endswith("-fine") == (load(path)["problems"] == []), path.name


def test_every_code_has_a_case_named_after_it() -> None:
    told = {line.split(": ")[1] for path in CASES for line in load(path)["problems"]}
    untold = {code.slug for code in Code} - told - {code.slug for code in ELSEWHERE}
    assert not untold
    for code in set(Code) - set(ELSEWHERE):
        assert any(path.stem.startswith(code.slug) for path in CASES), code.slug


def test_the_base_has_no_problems_and_a_record_of_each_kind() -> None:
    assert problems_of(base_files()) == []
