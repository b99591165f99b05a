"""Problems in a pull request: annotations on its lines, and a page of Markdown for the job.

GitHub shows ten annotations of a step, so those of the request's own files come first and a notice counts the rest.
Every text is escaped: records are written by strangers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from generator.problems import Problem, Severity
from generator.reports import Report, counted
from generator.reports.excerpt import end_of, excerpt, shown

SHOWN = 10
LARGEST = 1024 * 1024 - 4096
"""A summary may have 1 MiB."""


def as_annotations(report: Report) -> str:
    """Workflow commands of GitHub: at most ten, and a notice that counts those left out.

    Warnings are told of files that the request changes; of others nobody who reads it can be asked to mend them.
    """
    own = [problem for problem in report.problems if report.changed and problem.place.path in report.changed]
    errors = [p for p in (*own, *(p for p in report.errors if p not in own)) if p in report.errors]
    wanted = [*errors, *(p for p in own if p.code.severity is Severity.WARNING)]
    lines = [_annotation(report, problem) for problem in wanted[:SHOWN]]
    left = len(wanted) - SHOWN
    if left > 0:
        told = f"{counted(left, 'more problem')} of this pull request: see the summary of this job."
        lines.append(f"::notice title=catalogue check::{_value(told)}")
    return "".join(f"{line}\n" for line in lines)


def _annotation(report: Report, problem: Problem) -> str:
    place, end = problem.place, end_of(problem, report.texts)
    where = {"file": report.path(problem), "line": place.line, "endLine": end[0], "col": place.column}
    if end[0] == place.line:
        where["endColumn"] = end[1]
    where["title"] = problem.code.slug
    properties = ",".join(f"{name}={_property(str(text))}" for name, text in where.items())
    return f"::{problem.code.severity.value} {properties}::{_value(f'{problem.message} {problem.hint}'.strip())}"


def _value(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")


def as_summary(report: Report) -> str:
    """The page of the job: how many of what, then every problem by file with its line."""
    if not report.problems:
        return f"### Catalogue check\n\nAll {report.records} records are fine. Thank you!\n"
    parts = [*_head(report)]
    size = sum(len(part.encode()) for part in parts)
    listed = _listed(report)
    for number, part in enumerate(listed):
        size += len(part.encode())
        if size > LARGEST:
            parts.append(f"\n… and {len(listed) - number} more: run `catalogue check --warnings`.\n")
            break
        parts.append(part)
    return "".join(parts)


def _head(report: Report) -> Iterator[str]:
    told = [counted(len(report.errors), "error") if report.errors else "no errors"]
    if report.warnings:
        told.append(counted(len(report.warnings), "warning"))
    yield f"### Catalogue check: {', '.join(told)}\n\n"
    if not report.errors:
        yield "Nothing stops this from being published. Warnings are worth a look.\n\n"
    yield "| Code | | Times | What the rule is |\n|---|---|--:|---|\n"
    codes = Counter(problem.code for problem in report.problems).most_common()
    for code, times in sorted(codes, key=lambda pair: pair[0].severity is Severity.WARNING):
        name = f"[{code.slug}]({report.pages}{code.slug}/)" if report.pages else f"`{code.slug}`"
        yield f"| {name} | {code.severity.value} | {times} | {_plain(code.rule)} |\n"


def _listed(report: Report) -> list[str]:
    """Every error, then the warnings of the files that the request changes, or of all where nobody knows which."""
    own = [p for p in report.warnings if report.changed is None or p.place.path in report.changed]
    shown = [*report.errors, *own]
    parts: list[str] = []
    for path, problems in groupby(shown, key=report.path):
        head = f"\n#### {_code(path)}\n"
        for problem in problems:
            parts.append(head + _entry(report, problem))
            head = ""
    return parts


def _entry(report: Report, problem: Problem) -> str:
    text = _plain(f"{problem.message} {problem.hint}".strip())
    place = f"line {problem.place.line}, column {problem.place.column}"
    entry = f"\n- **{problem.code.slug}** ({place}): {text}\n"
    quoted = excerpt(problem, report.texts)
    if quoted is None:
        return entry
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", quoted.text)), 3)
    return entry + "".join(f"  {line}\n" for line in (f"{fence}text", *quoted.lines(), fence))


def _plain(text: str) -> str:
    """A text that Markdown shows as it is: no link, no mention, no picture, no HTML, no cell of a table."""
    escaped = "".join(f"&#{ord(sign)};" if sign in MARKS else sign for sign in " ".join(text.split()))
    return re.sub(r"(?i)\b(https?)(?=:)|\bwww(?=\.)", r"\g<0>&#8203;", escaped)


MARKS = frozenset("\\`*_{}[]<>()#+-!|~&@:$^=")


def _code(text: str) -> str:
    """A path as code; neither a backtick nor the end of a line in it can end it."""
    return f"`{shown(text).replace('`', 'ˋ')}`"
