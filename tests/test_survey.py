"""The survey: it tells what `check` tells and warnings too, and a memory changes nothing but its speed."""

from __future__ import annotations

import json
import random
from datetime import date

from conftest import HERE, TODAY, base_files
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checking import check
from generator.problems import Severity
from generator.read import read_folder
from generator.survey import dumped, remembered, survey

CONTENT = {path: data.decode() for path, data in read_folder(HERE.parent / "content")[0].items()}


def edited(files: dict[str, str], seed: int) -> dict[str, str]:
    """The files after a few edits of the sort that editors make, good and bad, some across files."""
    chance = random.Random(seed)
    made = dict(files)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(sorted(made))
        lines = made[name].split("\n")
        spot = chance.randrange(len(lines))
        line = lines[spot]
        match chance.randrange(7):
            case 0:
                old, new = chance.choice((("EU", "EUU"), ("2", "9"), ("a", "b"), (":", ""), ("-", "_")))
                lines[spot] = line.replace(old, new)
            case 1:
                del lines[spot]
            case 2:
                lines.insert(spot, line)
            case 3:
                lines[spot] = line.replace("CAN", "CANN").replace("PE", "CL").replace("energy", "trade")
            case 4:
                made.pop(name)
                continue
            case 5:
                made[name.replace(".yml", "-b.yml")] = made[name]
                continue
            case _:
                lines.append("aliases: [old-name]")
        made[name] = "\n".join(lines)
    return made


@settings(max_examples=80)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=4))
def test_a_memory_changes_nothing_whatever_was_edited(seeds: list[int]) -> None:
    files = base_files()
    memory = survey(files, TODAY).memory
    for seed in seeds:
        files = edited(files, seed)
        fresh = survey(files, TODAY)
        warm = survey(files, TODAY, remembered(json.loads(json.dumps(dumped(memory)))))
        assert warm.problems == fresh.problems
        assert warm.records == fresh.records
        memory = warm.memory


@settings(max_examples=4)
@given(st.integers(0, 10**6))
def test_a_memory_changes_nothing_in_the_real_content(seed: int) -> None:
    known = survey(CONTENT, TODAY).memory
    files = edited(CONTENT, seed)
    assert survey(files, TODAY, known).problems == survey(files, TODAY).problems


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_the_errors_of_the_survey_are_those_of_check(seed: int) -> None:
    files = edited(base_files(), seed)
    found = [problem for problem in survey(files).problems if problem.code.severity is Severity.ERROR]
    assert found == list(check(files)[1])


def test_the_age_of_sources_needs_a_day() -> None:
    late = date(2029, 1, 1)
    assert not [p for p in survey(CONTENT).problems if p.code.slug == "source-not-revisited"]
    assert [p for p in survey(CONTENT, late).problems if p.code.slug == "source-not-revisited"]


def test_a_record_with_other_mistakes_tells_its_references_too() -> None:
    """One run is enough: who has mended what stands there does not meet more of it in the next."""
    files = base_files()
    programme = files["programmes/cohesion.yml"]
    for old, new in (("\nstart: 2005-09", "\nstart: September 2005"), ("countries: [CL, PE]", "countries: [CHL, PE]"),
                     ("organisation: fiiapp, role", "organisation: fiapp, role")):  # fmt: skip
        assert old in programme
        programme = programme.replace(old, new, 1)
    files["programmes/cohesion.yml"] = programme
    told = survey(files, TODAY)
    wanted = ["bad-date", "unknown-reference", "unknown-reference"]
    assert [p.code.slug for p in told.problems if p.code.severity is Severity.ERROR] == wanted
    assert [p.code.slug for p in check(files)[1]] == wanted
    assert survey(files, TODAY, remembered(json.loads(json.dumps(dumped(told.memory))))).problems == told.problems
