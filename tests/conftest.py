"""What tests share: a small valid catalogue, and the pipeline run over files given as texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from generator.build import build, pages_of
from generator.checking import check, collector_paused
from generator.derive import derive
from generator.model.catalogue import Catalogue
from generator.read import read_folder
from generator.render import Site, each_page
from generator.render.words import words_of

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)

settings.register_profile(
    "calm",
    derandomize=True,
    deadline=None,
    max_examples=100,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.load_profile("calm")


def base_files() -> dict[str, str]:
    """The small valid catalogue of `tests/base`: a record or more of each kind."""
    files, _ = read_folder(HERE / "base")
    return {path: data.decode() for path, data in files.items()}


def problems_of(files: Mapping[str, bytes | str]) -> list[str]:
    """The lines that `catalogue check` would print for these files."""
    return [str(problem) for problem in check(files)[1]]


def catalogue_of(files: Mapping[str, bytes | str]) -> Catalogue:
    """The catalogue of files that have no problem."""
    catalogue, problems = check(files)
    assert not problems, "\n".join(map(str, problems))
    return catalogue


def tree_of(files: Mapping[str, bytes | str], today: date = TODAY) -> Mapping[str, str]:
    """The pages that files without a problem build, and what they look up; `whole_tree_of` has the open data too."""
    with collector_paused():
        catalogue = catalogue_of(files)
        return pages_of(catalogue, derive(catalogue, today), Site())


def page_of(files: Mapping[str, bytes | str], path: str, today: date = TODAY) -> str:
    """The page at this path, of files without a problem; pages after it are not made."""
    with collector_paused():
        catalogue = catalogue_of(files)
        found = each_page(catalogue, derive(catalogue, today), Site(), words_of("en"))
        return next(text for made, text in found if made == path)


def whole_tree_of(files: Mapping[str, bytes | str], today: date = TODAY) -> Mapping[str, str | bytes]:
    """All that files without a problem build."""
    built = build(files, today)
    assert not built.problems, "\n".join(map(str, built.problems))
    return built.tree


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write what the tests saw into their golden files.")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written rather than compared."""
    return bool(request.config.getoption("--update-golden"))


pytest_plugins = ("site_fixture", "browser_fixture", "tables_fixture", "hostile_fixture", "api_fixture", "standards")
