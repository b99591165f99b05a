"""How problems are told: each format says everything, and no text of a record gets out of its place."""

from __future__ import annotations

import json
import re

import pytest
from conftest import base_files
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.problems import Code, Mend, Place, Problem, Severity, Way
from generator.reports import Report
from generator.reports.data import as_json, as_sarif
from generator.reports.excerpt import WIDEST, excerpt
from generator.reports.pull_request import LARGEST, as_annotations, as_summary
from generator.reports.text import as_text
from generator.survey import survey


def report_of(text: str, **more: object) -> Report:
    """The report over the small catalogue with one more programme."""
    files = {**base_files(), "programmes/x.yml": text}
    return Report(survey(files).problems, files, **more)  # type: ignore[arg-type]


def problem(
    line: int = 1, column: int = 1, *, path: str = "a.yml", code: Code = Code.BAD_DATE, text: str = "No."
) -> Problem:
    return Problem(Place(path, line, column), code, text, "Do this.")


BROKEN = "id: x\nname: X\nlevel: Regional\nstart: 18/05/2010\nsummary: Text.\n"


def test_text_quotes_the_line_and_marks_the_value() -> None:
    told = as_text(report_of(BROKEN), list_warnings=False).splitlines()
    assert told[:6] == [
        "content/programmes/x.yml:3:8: not-in-vocabulary: 'Regional' is not a word for this field. "
        "Did you mean 'regional'?",
        "    3 | level: Regional",
        "      |        ^^^^^^^^",
        "content/programmes/x.yml:4:8: bad-date: '18/05/2010' is not a date. Write 2010-05-18.",
        "    4 | start: 18/05/2010",
        "      |        ^^^^^^^^^^",
    ]
    assert told[6:9] == [
        "2 errors.",
        "2 can be mended for certain: catalogue check --fix",
        "What a code means, and examples: catalogue explain not-in-vocabulary",
    ]
    assert re.fullmatch(r"\d+ warnings, which fail nothing: .* catalogue check --warnings", told[9])


@pytest.mark.parametrize(
    ("line", "column", "marks"),
    [
        ("start: 日本語 # x", 8, "       ^^^^^^"),
        ("start: e\u0301a\u0301 # x", 8, "       ^^"),
        ("日本: ab", 5, "      ^^"),
        ("start: 'a b' # x", 8, "       ^^^^^"),
    ],
)
def test_the_marks_are_as_wide_as_the_value_on_a_terminal(line: str, column: int, marks: str) -> None:
    found = excerpt(problem(1, column), {"a.yml": line})
    assert found is not None
    assert " " * found.indent + "^" * found.width == marks


def test_a_long_line_is_cut_around_the_value() -> None:
    line = "note: " + "word " * 60 + "HERE " + "more " * 60
    found = excerpt(problem(1, 7), {"a.yml": line})
    deep = excerpt(problem(1, line.index("HERE") + 1), {"a.yml": line})
    assert found is not None
    assert deep is not None
    assert all(len(each.text) <= WIDEST + 2 and each.text.endswith("…") for each in (found, deep))
    assert deep.text.startswith("…")
    assert deep.text[deep.indent :].startswith("HERE")


@given(st.text(min_size=1, max_size=300), st.integers(1, 300), st.integers(1, 3))
def test_no_line_makes_the_quote_fail_or_drives_a_terminal(text: str, column: int, line: int) -> None:
    told = as_text(Report((problem(line, column),), {"a.yml": text}), list_warnings=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)


def test_json_says_severity_end_and_patch() -> None:
    told = [each for each in json.loads(as_json(report_of(BROKEN))) if each["code"] == "bad-date"]
    assert told == [
        {
            "path": "content/programmes/x.yml", "line": 4, "column": 8, "end_line": 4, "end_column": 18,
            "severity": "error", "code": "bad-date", "message": "'18/05/2010' is not a date.",
            "hint": "Write 2010-05-18.",
            "patch": {"line": 4, "column": 8, "end_line": 4, "end_column": 18, "text": "2010-05-18"},
        }
    ]  # fmt: skip


def test_sarif_has_what_the_standard_asks_for() -> None:
    """No schema is kept here, so the parts that we write are looked at one by one (SARIF 2.1.0, sections 3.13-3.57)."""
    log = json.loads(as_sarif(report_of(BROKEN, pages="https://example.org/codes/")))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in run["results"]})
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["helpUri"] == f"https://example.org/codes/{rule['id']}/"
        assert result["level"] == rule["defaultConfiguration"]["level"]
        assert result["level"] in ("error", "warning")
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) < (region["endLine"], region["endColumn"])
    date = next(result for result in run["results"] if result["ruleId"] == "bad-date")
    (change,) = date["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "2010-05-18"}


# -- a pull request


def many(count: int, path: str) -> tuple[Problem, ...]:
    return tuple(problem(line, 1, path=path) for line in range(1, count + 1))


def test_annotations_are_ten_those_of_the_changed_files_first_and_a_notice_counts_the_rest() -> None:
    warning = problem(1, 1, path="z.yml", code=Code.LONG_PROSE)
    every = (*many(8, "a.yml"), *many(5, "b.yml"), warning, problem(9, path="a.yml", code=Code.LONG_PROSE))
    lines = as_annotations(Report(every, {}, changed=frozenset({"b.yml", "z.yml"}))).splitlines()
    assert [re.findall(r"file=content/(\w)", line) for line in lines] == [["b"]] * 5 + [["a"]] * 5 + [[]]
    assert lines[-1].startswith("::notice title=catalogue check::4 more problems")


def test_annotations_say_severity_and_range() -> None:
    line = as_annotations(report_of(BROKEN)).splitlines()[1]
    where = "file=content/programmes/x.yml,line=4,endLine=4,col=8,endColumn=18,title=bad-date"
    assert line == f"::error {where}::'18/05/2010' is not a date. Write 2010-05-18."


@given(st.text(max_size=40))
def test_no_text_ends_an_annotation(text: str) -> None:
    told = as_annotations(Report((problem(path=f"{text}.yml", text=text),), {}))
    assert told.count("\n") == 1
    assert "\r" not in told
    properties = told.removeprefix("::error ").partition("::")[0]
    assert len(properties.split(",")) == 6


@given(st.text(alphabet="`~ab<>|*[]()!@#\n-_&\\", max_size=60), st.text(alphabet="`~<b>|\t ", min_size=1, max_size=30))
def test_no_text_gets_out_of_its_place_in_the_summary(message: str, line: str) -> None:
    told = as_summary(Report((problem(text=f"m{message}", column=1),), {"a.yml": f"x{line}\n"}))
    tokens = MarkdownIt("commonmark").enable("table").parse(told)
    flat = [child for token in tokens for child in (token, *(token.children or ()))]
    sorts = {token.type for token in flat}
    assert not sorts & {"html_block", "html_inline", "link_open", "image", "blockquote_open", "hr"}
    assert sum(token.type == "fence" for token in flat) == 1
    assert sum(token.type == "heading_open" for token in flat) == 2


def test_the_summary_stays_below_the_limit_and_is_friendly_when_clean() -> None:
    text = "x" * 300
    every = tuple(problem(line, 1, text="y" * 500) for line in range(1, 4000))
    told = as_summary(Report(every, {"a.yml": f"{text}\n" * 4000}))
    assert len(told.encode()) <= LARGEST + 200
    assert "more: run `catalogue check --warnings`" in told
    assert "All 7 records are fine" in as_summary(Report((), {}, records=7))


def test_errors_stand_before_what_is_only_worth_a_look() -> None:
    report = Report((problem(1, code=Code.LONG_PROSE), problem(2)), {"a.yml": "one\ntwo\n"})
    told = as_text(report, list_warnings=True).splitlines()
    order = [line.partition(": ")[0] for line in told if line.startswith(("content/", "Worth"))]
    assert order == ["content/a.yml:2:1", "Worth a look:", "content/a.yml:1:1"]
    assert as_text(report, list_warnings=False).count("content/a.yml") == 1


def test_the_summary_tells_errors_before_warnings() -> None:
    told = as_summary(report_of(BROKEN))
    assert told.index("| `bad-date`") < told.index("| `fact-without-source`")
    assert told.index("**bad-date**") < told.index("**fact-without-source**")


def test_every_way_to_mend_is_told_as_a_patch_or_not_at_all() -> None:
    mend = Mend(Way.WRITE, "b")
    told = json.loads(
        as_json(Report((Problem(Place("a.yml", 9, 1), Code.BAD_ID, "No.", "", mend),), {"a.yml": "a: b"}))
    )
    assert told[0]["patch"] is None
    assert Severity.ERROR.value == told[0]["severity"]
