"""What some tests need and the project does not hold: schemas, shapes and code lists of standards, and programs.

Standards are looked for in `../shared/standards`, or where STANDARDS_DIR says. Where something is not there, its tests
are skipped, and the end of the run says what was not checked.
"""

from __future__ import annotations

import json
import os
import shutil
from importlib.resources import files
from pathlib import Path
from typing import NoReturn

import pytest
from jsonschema import Draft7Validator

FOLDER = Path(os.environ.get("STANDARDS_DIR") or Path(__file__).parent.parent.parent / "shared" / "standards")
MARK = "not checked: "
"""Begins the reason of a skip that the end of the run tells; workers of pytest-xdist hand on nothing else."""


def standard(name: str, checks: str) -> Path:
    """The file of a standard, as `jsonschema/csl-data.json`; `checks` says what it is needed for.

    Without it the test that asks is skipped.
    """
    path = FOLDER / name
    if not path.exists():
        not_checked(checks, f"{name} (STANDARDS_DIR)")
    return path


def program(names: tuple[str, ...], checks: str) -> str:
    """The first of these programs that is on the machine; without any the test that asks is skipped."""
    found = next((path for name in names if (path := shutil.which(name))), "")
    if not found:
        not_checked(checks, f"the program {' or '.join(names)}")
    return found


def not_checked(checks: str, needs: str) -> NoReturn:
    """Skip a test, and have the end of the run say what was not checked."""
    pytest.skip(f"{MARK}{checks}: needs {needs}")


def cff() -> Draft7Validator:
    """The schema of the Citation File Format 1.2.0, which check-jsonschema brings."""
    vendored = files("check_jsonschema") / "builtin_schemas" / "vendor" / "citation-file-format.json"
    schema = json.loads(vendored.read_text(encoding="utf-8"))
    assert schema["$id"] == "https://citation-file-format.github.io/1.2.0/schema.json"
    return Draft7Validator(schema)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not checked."""
    reasons = (str(report.longrepr[-1]) for report in terminalreporter.stats.get("skipped", ()))
    told = {reason.partition(MARK)[2] for reason in reasons if MARK in reason}
    if told:
        terminalreporter.section("not checked, for want of what is not on this machine")
        for line in sorted(told):
            terminalreporter.write_line(line)
