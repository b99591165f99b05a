"""`catalogue fmt`: one style, the same facts, every comment; and what it writes it leaves alone the second time."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from typing import Any

import pytest
from conftest import HERE, base_files
from test_edits import NASTY, drawn, follow, places
from test_main import project, run

from benchmarks.corpus import Maker
from generator.checking import check
from generator.editing.edits import EditError, appended, values_of, with_field, without_field
from generator.editing.patches import scalar
from generator.editing.shapes import order_of, shape_of_file
from generator.editing.style import formatted
from generator.editing.writing import quoted
from generator.kinds import KINDS
from generator.model.kind import Kind
from generator.read import kind_of, read_folder

__all__ = ["project"]
BY_NAME = {kind.name: kind for kind in KINDS}
CONTENT = read_folder(HERE.parent / "content")[0]

UNTIDY = """\
%YAML 1.1
---
# The file's own remark.

"name":   'Plain'    # the name
# About the id.
id: "x"


level:
    regional
themes:
- b   # second thoughts
# Comes first.
- a
start:   "2012-06"
end: '2013'
budget:
-   # the sum
    currency: EUR
    # In millions.
    amount:  "1500000"
    label: 2012
    note: >-
          Folded
          by hand.


          Two paragraphs.
-   {label: 'NO',amount: 2.5  ,  currency: "EUR"}
acronym: 31996E0697
short_name: 1_000
countries: [ AR,
   BR,   # two
   CL ]
regional_groups: [ A,
   B ]
phases:
      - name: yes
        start: 2012
      # At the end of the list.
summary: |2+
    Indented.
  Not.

reported_status: {note: "It's", state: "completed"}
sources:
   - title: 'T: 1'
     id: s1
     url: https://example.org/a-very-long-address/that-cannot-be-folded/anywhere/because-it-has-no-blank-in-it-at-all-and/so-on
...
# The end.
"""
TIDY = """\
# yaml-language-server: $schema=../../generator/schema/programme.schema.json
# The file's own remark.

# About the id.
id: x
name: Plain  # the name
short_name: '1_000'
acronym: '31996E0697'

level: regional
start: 2012-06
end: 2013
reported_status: {state: completed, note: It's}
phases:
  - name: 'yes'
    start: 2012
  # At the end of the list.
budget:
  # the sum
  # In millions.
  - amount: 1500000
    currency: EUR
    label: '2012'
    note: >-
      Folded
      by hand.


      Two paragraphs.
  - {amount: 2.5, currency: EUR, label: 'NO'}
countries:
  [ AR,
  BR,   # two
  CL ]
regional_groups: [A, B]
themes:
  - b  # second thoughts
  # Comes first.
  - a
summary: |2+
    Indented.
  Not.

sources:
  - id: s1
    title: 'T: 1'
    url: https://example.org/a-very-long-address/that-cannot-be-folded/anywhere/because-it-has-no-blank-in-it-at-all-and/so-on
# The end.
"""


def test_an_untidy_file_becomes_a_tidy_one() -> None:
    made = formatted(UNTIDY, BY_NAME["programme"])
    assert made == TIDY
    assert values_of(made) == values_of(UNTIDY)
    assert formatted(made, BY_NAME["programme"]) == made


def test_a_page_keeps_its_prose_to_the_letter() -> None:
    prose = "A   line  \n\n\n* a\n*  b\ntitle:   'x'\n"
    made = formatted(f"---\r\ndescription: 'D'\ntitle:   \"T\"\n---  \n{prose}\n\n", BY_NAME["page"])
    assert made == f"---\ntitle: T\ndescription: D\n---  \n{prose}"


def test_records_and_items_stay_in_the_order_of_their_writer() -> None:
    sources = "sources:\n- {id: s2}\n- {id: s1}\n"
    text = "records:\n  CL:\n    iso3: CHL\n  AR:\n    iso3: ARG\n  'NO':\n    iso3: NOR\n" + sources
    made = formatted(text, BY_NAME["country"])
    assert list(values_of(made)) == ["sources", "records"]
    assert list(values_of(made)["records"]) == ["CL", "AR", "NO"]
    assert "\n  - {id: s2}\n  - {id: s1}\n" in made
    assert "\n  'NO':\n" in made


@pytest.mark.parametrize(
    "text", ["a: b: c\n", "a: 1\na: 2\n", "a: &x 1\n", "", "- a\n", "a: 1\n---\nb: 2\n", "? a\n: 1\n"]
)
def test_what_cannot_be_read_is_not_touched(text: str) -> None:
    with pytest.raises(EditError):
        formatted(text, BY_NAME["programme"])


def test_an_edit_of_a_tidy_record_leaves_it_tidy() -> None:
    chance = random.Random(11)
    for _ in range(300):
        name, text = chance.choice(SHORT)
        kind = kind_of(name, KINDS)
        assert kind is not None
        path, found = chance.choice([(p, v) for p, v in places(values_of(text)) if p])
        values = follow(values_of(text), path[:-1])
        sort = chance.choice(("set", "delete", "append"))
        if sort == "delete" and len(values) > 1:
            made = without_field(text, path, kind)
        elif sort == "append" and isinstance(found, list):
            made = appended(text, path, drawn(chance), kind)
        else:
            made = with_field(text, path, drawn(chance), kind)
        assert formatted(made, kind) == made


RECORDS = {name: data.decode() for name, data in CONTENT.items() if "/" in name and name.endswith(".yml")}
SHORT = sorted(RECORDS.items(), key=lambda row: len(row[1]))[:60]


# -- files as no careful person writes them


class Untidy:
    """Writes values in a style drawn by chance: indents, quotes, brackets, comments, the order of keys."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.remarks = 0

    def file(self, values: dict[str, Any]) -> str:
        lines = self.mapping(values, 0)
        ends = "\r\n" if self.chance.random() < 0.2 else "\n"
        text = ends.join([*self.above(0), *lines, *self.above(0)])
        return text + (ends if self.chance.random() < 0.7 else "")

    def mapping(self, values: dict[str, Any], column: int) -> list[str]:
        pairs = list(values.items())
        if self.chance.random() < 0.5:
            self.chance.shuffle(pairs)
        found: list[str] = []
        for key, value in pairs:
            found += [*(self.above(column) if found else []), *self.pair(self.word(key), value, column)]
        return found

    def pair(self, key: str, value: Any, column: int) -> list[str]:
        lead = f"{' ' * column}{key}:"
        if not isinstance(value, dict | list) or not value or self.chance.random() < 0.3:
            first, *others = self.plain(value, column)
            return [f"{lead}{self.gap()}{first}", *others]
        deeper = column + self.chance.choice([1, 2, 2, 4])
        if isinstance(value, dict):
            return [f"{lead}{self.behind()}", *self.above(deeper), *self.mapping(value, deeper)]
        inside = column if self.chance.random() < 0.4 else deeper
        return [f"{lead}{self.behind()}", *self.above(inside), *self.items(value, inside)]

    def items(self, values: list[Any], column: int) -> list[str]:
        found: list[str] = []
        for value in values:
            found += self.above(column) if found else []
            if isinstance(value, dict) and value and self.chance.random() < 0.7:
                deeper = column + self.chance.choice([2, 2, 4])
                lines = self.mapping(value, deeper)
                found += [f"{' ' * column}-{lines[0][column + 1 :]}", *lines[1:]]
            else:
                first, *others = self.plain(value, column)
                found += [f"{' ' * column}-{self.gap()}{first}", *others]
        return found

    def plain(self, value: Any, column: int) -> list[str]:
        if isinstance(value, dict | list):
            return [self.brackets(value) + self.behind()]
        blank = " " * (column + self.chance.choice([1, 2, 4]))
        if isinstance(value, str) and "\n" in value and re.fullmatch(r"([!-~][ -~]*[!-~]\n+)*[!-~][ -~]*[!-~]", value):
            return ["|-", *(blank + line if line else "" for line in value.split("\n"))]
        if isinstance(value, str) and re.fullmatch(r"[!-~]+( [!-~]+){4,}", value) and self.chance.random() < 0.4:
            half = len(value.split()) // 2
            return [">-", blank + " ".join(value.split()[:half]), blank + " ".join(value.split()[half:])]
        return [self.word(value) + self.behind()]

    def brackets(self, value: Any) -> str:
        gap = self.chance.choice(["", " "])
        if isinstance(value, list):
            return f"[{gap}{', '.join(map(self.inside, value))}{gap}]"
        return f"{{{gap}{', '.join(f'{self.word(k, flow=True)}: {self.inside(v)}' for k, v in value.items())}{gap}}}"

    def inside(self, value: Any) -> str:
        return self.brackets(value) if isinstance(value, dict | list) else self.word(value, flow=True)

    def word(self, value: Any, *, flow: bool = False) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        if "\n" in value or self.chance.random() < 0.2:
            return quoted(value)
        if self.chance.random() < 0.2 and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
        bare = re.fullmatch(r"[0-9][0-9._-]*|(?!true|null|false)[A-Za-z]{1,5}", value)
        return value if bare else scalar(value, flow=flow)

    def gap(self) -> str:
        return self.chance.choice([" ", " ", "   "])

    def remark(self) -> str:
        self.remarks += 1
        return f"# Remark {self.remarks}: 'a' - b."

    def behind(self) -> str:
        return f"{self.gap()}{self.remark()}" if self.chance.random() < 0.1 else ""

    def above(self, column: int) -> list[str]:
        found = []
        while self.chance.random() < 0.15:
            found.append(" " * column + self.remark() if self.chance.random() < 0.7 else "")
        return found


def spiced(value: Any, chance: random.Random) -> Any:
    """A value with some of its texts made nasty."""
    if isinstance(value, dict):
        return {key: spiced(inner, chance) for key, inner in value.items()}
    if isinstance(value, list):
        return [spiced(inner, chance) for inner in value]
    return chance.choice(NASTY) if isinstance(value, str) and chance.random() < 0.05 else value


def made_by_chance(seed: int) -> tuple[Kind, dict[str, Any]]:
    """The values of a file of some kind."""
    chance = random.Random(seed)
    kind = chance.choice([kind for kind in KINDS if kind.name != "page"])
    record = spiced(Maker(seed).model(kind.model), chance)
    source = {"id": "s1", "title": "T", "publisher": "P", "accessed": "2026-11-23"}
    if kind.file:
        return kind, {"sources": [source], "records": {"b": record, "a": {}, "NO": {"note": "n"}}}
    return kind, {"id": "x", **record, "sources": [source]}


def test_500_untidy_files_and_all_real_records_in_an_untidy_style_become_tidy() -> None:
    real = [
        (kind_of(name, KINDS), values_of(data.decode()))
        for name, data in CONTENT.items()
        if name.endswith(".yml") and name != "format.yml"
    ]
    refused = []
    made = [made_by_chance(seed) for seed in range(500)]
    for seed, (kind, values) in enumerate([*made, *real]):
        assert kind is not None
        untidy = Untidy(seed)
        text = untidy.file(values)
        assert values_of(text.replace("\r\n", "\n")) == values, "the test itself writes what it means to"
        try:
            tidy = formatted(text, kind)
        except EditError as error:
            refused.append((seed, str(error)))
            continue
        assert values_of(tidy) == values
        assert Counter(REMARK.findall(tidy)) == Counter(f"{n}" for n in range(1, untidy.remarks + 1))
        assert formatted(tidy, kind) == tidy
        assert_tidy(tidy, kind)
    assert refused == []


REMARK = re.compile(r"# Remark ([0-9]+): 'a' - b\.$", re.MULTILINE)


def assert_tidy(text: str, kind: Kind) -> None:
    """The rules that can be seen without knowing how it was made."""
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    values = values_of(text)
    assert [key for key in order_of(shape_of_file(kind), values) if key in values] == list(values)


# -- the command


def test_fmt_changes_what_is_not_tidy_and_tells(project: Any) -> None:
    path = project / "content" / "programmes" / "untidy.yml"
    path.write_text("name: 'X'\nid: untidy\n", encoding="utf-8")
    broken = project / "content" / "programmes" / "broken.yml"
    broken.write_text("id: broken\nname: A: b\n", encoding="utf-8")
    listed = run(project, "fmt", "--check", "content/programmes/untidy.yml")
    assert (listed.returncode, listed.stdout) == (1, "content/programmes/untidy.yml\n")
    assert run(project, "fmt", "--check", str(path)).stdout == listed.stdout
    shown = run(project, "fmt", "--diff", "content/../content/programmes/untidy.yml")
    assert (shown.returncode, "+name: X" in shown.stdout) == (1, True)
    assert path.read_text(encoding="utf-8").startswith("name: 'X'")
    done = run(project, "fmt")
    assert done.returncode == 1
    assert "content/programmes/broken.yml was left alone. Line 2 cannot be read" in done.stderr
    assert path.read_text(encoding="utf-8").endswith("\nid: untidy\nname: X\n")
    assert broken.read_text(encoding="utf-8") == "id: broken\nname: A: b\n"
    broken.unlink()
    again = run(project, "fmt", "--check")
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr.startswith("0 files would change")
    assert run(project, "fmt", "content/nowhere.yml").returncode == 1


def test_the_small_catalogue_is_equal_in_the_one_style() -> None:
    before = base_files()
    kinds = {name: kind_of(name, KINDS) for name in before}
    after = {name: formatted(text, kind) for name, text in before.items() if (kind := kinds[name])}
    assert check(after)[0].records == check(before)[0].records
