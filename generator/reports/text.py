"""Problems for people: a line each, with the line of the file and a mark under the value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.problems import Problem
from generator.reports import Report, counted
from generator.reports.excerpt import excerpt, shown


def as_text(report: Report, *, list_warnings: bool) -> str:
    """What `catalogue check` tells on a terminal, with a line end. Nothing where there is nothing to tell.

    Errors stand first, in the order of their places; warnings after them, or counted on one line unless they are
    listed.
    """
    worth_a_look = report.warnings if list_warnings else ()
    listed = (*report.errors, *worth_a_look)
    blocks = [_block(report, problem) for problem in report.errors]
    if report.errors and worth_a_look:
        blocks.append("Worth a look:")
    blocks += [_block(report, problem) for problem in worth_a_look]
    ending = list(_ending(report, listed))
    return "".join(f"{block}\n" for block in [*blocks, *ending])


def _block(report: Report, problem: Problem) -> str:
    lines = [shown(f"{report.root}/{problem}")]
    quoted = excerpt(problem, report.texts)
    return "\n".join([*lines, *(quoted.lines() if quoted else ())])


def _ending(report: Report, listed: tuple[Problem, ...]) -> Iterator[str]:
    parts = [counted(len(report.errors), "error")] if report.errors else []
    if report.warnings and len(listed) > len(report.errors):
        parts.append(counted(len(report.warnings), "warning"))
    if parts:
        yield f"{', '.join(parts)}."
        certain = sum(problem.mend is not None for problem in listed)
        if certain:
            yield f"{certain} can be mended for certain: catalogue check --fix"
        yield f"What a code means, and examples: catalogue explain {listed[0].code.slug}"
    if report.warnings and len(listed) == len(report.errors):
        yield counted_warnings(report.warnings)


def counted_warnings(warnings: tuple[Problem, ...]) -> str:
    """One line that counts warnings by their codes."""
    codes = Counter(problem.code.slug for problem in warnings)
    told = ", ".join(f"{number} {slug}" for slug, number in codes.most_common())
    return f"{counted(len(warnings), 'warning')}, which fail nothing: {told}. List them: catalogue check --warnings"
