"""How problems are told: to people, to programs, and in a pull request. Each way is a pure function of `Report`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.problems import Problem, Severity


@dataclass(frozen=True)
class Report:
    """What is told: problems, and the texts of their files for the lines that are quoted.

    `root` is the content folder as a path of the project, which stands before the paths of files. `changed` are the
    files that the reader has changed, by path below the content folder; None where nobody knows.
    """

    problems: tuple[Problem, ...]
    texts: Mapping[str, str]
    root: str = "content"
    records: int = 0
    changed: frozenset[str] | None = None
    pages: str = field(default="")
    """The address of the page of each code is made by adding the code and a slash to this; none where it is empty."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that fail a build."""
        return tuple(problem for problem in self.problems if problem.code.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that are worth a look."""
        return tuple(problem for problem in self.problems if problem.code.severity is Severity.WARNING)

    def path(self, problem: Problem) -> str:
        """The path of a problem's file from the root of the project."""
        return f"{self.root}/{problem.place.path}"


def counted(number: int, noun: str) -> str:
    """A number with its noun: «1 error», «2 errors»."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
