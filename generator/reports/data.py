"""Problems for programs: JSON of our own, and SARIF 2.1.0 (OASIS) for the tools that read it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from generator.editing.mending import patch_of
from generator.problems import Code, Patch, Problem, Severity
from generator.reports import Report
from generator.reports.excerpt import end_of


def as_json(report: Report) -> str:
    """A list of problems with place, end, severity and the patch that mends it, if one is certain."""
    return json.dumps([_problem(report, problem) for problem in report.problems], ensure_ascii=False, indent=2) + "\n"


def _problem(report: Report, problem: Problem) -> dict[str, Any]:
    place, end, patch = problem.place, end_of(problem, report.texts), _patch(report, problem)
    return {
        "path": report.path(problem),
        "line": place.line,
        "column": place.column,
        "end_line": end[0],
        "end_column": end[1],
        "severity": problem.code.severity.value,
        "code": problem.code.slug,
        "message": problem.message,
        "hint": problem.hint,
        "patch": _plain(patch) if patch else None,
    }


def _patch(report: Report, problem: Problem) -> Patch | None:
    text = report.texts.get(problem.place.path)
    return patch_of(problem, text) if text is not None else None


def _plain(patch: Patch) -> dict[str, Any]:
    line, column = patch.until
    return {"line": patch.line, "column": patch.column, "end_line": line, "end_column": column, "text": patch.text}


def as_sarif(report: Report) -> str:
    """A SARIF log of one run. Columns count code points, and ends are the sign after the last."""
    codes = sorted({problem.code for problem in report.problems}, key=lambda code: code.slug)
    driver = {"name": "catalogue", "rules": [_rule(report, code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, problem, codes.index(problem.code)) for problem in report.problems],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def _rule(report: Report, code: Code) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": code.slug,
        "shortDescription": {"text": code.rule},
        "defaultConfiguration": {"level": LEVELS[code.severity]},
    }
    return rule | ({"helpUri": f"{report.pages}{code.slug}/"} if report.pages else {})


def _result(report: Report, problem: Problem, rule: int) -> dict[str, Any]:
    place, patch = problem.place, _patch(report, problem)
    artifact = {"uri": quote(report.path(problem))}
    region = _region((place.line, place.column), end_of(problem, report.texts))
    result: dict[str, Any] = {
        "ruleId": problem.code.slug,
        "ruleIndex": rule,
        "level": LEVELS[problem.code.severity],
        "message": {"text": f"{problem.message} {problem.hint}".strip()},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
    return result | ({"fixes": [_fix(artifact, problem, patch)]} if patch else {})


def _fix(artifact: dict[str, str], problem: Problem, patch: Patch) -> dict[str, Any]:
    change = {
        "deletedRegion": _region((patch.line, patch.column), patch.until),
        "insertedContent": {"text": patch.text},
    }
    return {
        "description": {"text": problem.hint or "The mend is certain."},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [change]}],
    }


def _region(start: tuple[int, int], end: tuple[int, int]) -> dict[str, int]:
    return {"startLine": start[0], "startColumn": start[1], "endLine": end[0], "endColumn": end[1]}
