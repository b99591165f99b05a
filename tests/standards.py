"""Schemas, shapes and code lists of standards, which lie outside of the project.

They are looked for in `../shared/standards`, or where STANDARDS_DIR says. Where one is not there, its tests are
skipped, and the end of the run says what was not checked.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("STANDARDS_DIR") or Path(__file__).parent.parent.parent / "shared" / "standards")
MISSED: dict[str, str] = {}
"""What was not checked, and the file that it needs."""


def standard(name: str, checks: str) -> Path:
    """The file of a standard, as `jsonschema/csl-data.json`; `checks` says what it is needed for.

    Without it the test that asks is skipped.
    """
    path = FOLDER / name
    if not path.exists():
        MISSED[checks] = name
        pytest.skip(f"{name} is not below {FOLDER}")
    return path


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not checked."""
    if MISSED:
        terminalreporter.section("not checked, for want of the files of standards (STANDARDS_DIR)")
        for checks, name in sorted(MISSED.items()):
            terminalreporter.write_line(f"{checks}: needs {name}")
