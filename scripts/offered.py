"""Every published file or family of files: how many, how large on the real content, who judges it, and the verdict.

The judges are those of the tests, which are run here; a file whose judge is not on this machine is told as such.

Usage: python -m scripts.offered
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from generator.build import tree_of
from generator.checking import check
from generator.derive import derive
from generator.export.offered import FOLDER, OFFERS, offered
from generator.read import read_folder
from generator.site import site_of

DAY = date(2026, 11, 23)
"""The day of the tests."""


@dataclass(frozen=True)
class Judged:
    """Who judges files, and the tests that ask: `api.follows_its_schema` is in `tests/test_api.py`."""

    by: str
    tests: tuple[str, ...]


def _by(who: str, *tests: str) -> Judged:
    return Judged(who, tests)


SCHEMA = _by("jsonschema (2020-12), read back", "api.every_file_follows_its_schema",
             "api.what_is_read_back_equals_the_catalogue")  # fmt: skip
TABLES = _by("frictionless, csvw, csv, pandas, R; read back", "tables.frictionless_finds_all_tables_valid",
             "tables.csvw_finds_all_tables_valid", "tables.what_is_read_back_from_csv_is_the_catalogue",
             "tables_opened.pandas_reads_each_table_with_the_types_of_the_descriptor")  # fmt: skip
SHACL = _by("pyshacl with the shapes of DCAT-AP 3.0.1 and the EU's lists; rdflib",
            "linked_dcat.it_is_valid_by_the_shapes_of_the_profile", "linked_dcat.json_ld_says_the_same")  # fmt: skip
SKOS = _by("skosify, rdflib", "linked_themes.skosify_has_nothing_to_say", "linked_themes.json_ld_says_the_same")
QUESTIONS = "questions.which_agreements_bound_chile_in_2010_and_how_much_went_to_borders"

ROWS: Mapping[str, Judged] = {
    "index.json": _by("jsonschema (2020-12)", "api.every_file_follows_its_schema", "api.the_index_leads_to_every_file"),
    "everything.ndjson": SCHEMA,
    "{section}.json": SCHEMA,
    "{section}/{id}.json": SCHEMA,
    "lookup/{table}.json": SCHEMA,
    "schema/{name}.json": _by("jsonschema (2020-12)", "api.the_schemas_are_schemas_and_stand_where_they_say"),
    "openapi.json": _by("openapi-spec-validator (3.1)", "api.the_description_is_openapi"),
    "catalogue.xlsx": _by("openpyxl, LibreOffice", "tables_opened.every_sheet_has_its_rows_a_frozen_header_and_filters",
                          QUESTIONS),
    "catalogue.sqlite": _by("sqlite3: integrity and foreign keys; read back",
                            "tables_opened.the_database_is_sound_and_says_whose_it_is",
                            "tables_opened.what_is_read_back_from_sqlite_is_the_catalogue"),
    "datapackage.json": _by("Data Package 2.0 profile, frictionless", "tables.the_descriptor_is_a_data_package_2_0",
                            "tables.frictionless_finds_all_tables_valid"),
    "tables/csv-metadata.json": _by("csvw", "tables.csvw_finds_all_tables_valid"),
    "tables/{table}.csv": TABLES,
    "iati/activities.xml": _by("lxml with the XSD of IATI 2.03, its code lists and its rule set",
                               "iati_export.it_is_valid_by_the_schema", "iati_export.each_code_is_in_its_list",
                               "iati_export.it_keeps_the_rules"),
    "iati/missing.json": _by("our own test", "iati_export.each_programme_is_an_activity_or_missing"),
    "catalogue.ttl": _by("rdflib; read back, SPARQL", "linked_records.what_is_read_back_from_turtle_is_the_catalogue",
                         QUESTIONS),
    "catalogue.jsonld": _by("rdflib; read back, SPARQL",
                            "linked_records.what_is_read_back_from_json_ld_is_the_catalogue", QUESTIONS),
    "statuses.ttl": _by("rdflib; read back, SPARQL", "linked_records.what_is_read_back_of_statuses_is_their_table",
                        QUESTIONS),
    "dcat.ttl": SHACL,
    "dcat.jsonld": SHACL,
    "terms.ttl": _by("rdflib", "linked_records.every_name_of_ours_is_explained"),
    "themes.ttl": SKOS,
    "themes.jsonld": SKOS,
    "SHA256SUMS": _by("sha256sum", "data_page.the_sums_are_of_all_files_in_a_form_that_is_checked"),
    "CITATION.cff": _by("the schema of CFF 1.2.0, PyYAML", "citation_file.whatever_a_name_holds_reads_back",
                        "release.it_says_how_it_is_cited"),
}  # fmt: skip
"""By the pattern of a row of `OFFERS`."""

BESIDE: Mapping[str, Judged] = {
    "feeds/*.atom": _by("RELAX NG of RFC 4287, feedparser", "feeds.feeds_of_the_real_content_keep_to_their_standards"),
    "feeds/*.json": _by("JSON Schema of JSON Feed 1.1", "feeds.feeds_of_the_real_content_keep_to_their_standards"),
    "*.ics": _by("icalendar, vobject", "calendars.every_calendar_of_the_real_content_is_read_by_others"),
    "*cite.bib": _by("bibtexparser", "citations.bibtexparser_reads_every_file"),
    "*cite.ris": _by("rispy", "citations.rispy_reads_every_file"),
    "*cite.json": _by("the schema of CSL-JSON", "citations.every_csl_json_is_valid_by_its_schema"),
    "*oembed.json": _by("oEmbed 1.0, by our own test", "embeds.the_answer_has_what_oembed_asks_of_rich_content"),
    "*index.md.txt": _by("markdown-it: no HTML, every link whole", "reading.no_reading_form_has_html",
                         "reading.every_link_is_whole_and_leads_somewhere"),
    "llms.txt": _by("the form of llmstxt.org", "reading.llms_txt_has_the_form_of_its_description"),
    "*index.md": _by("schema.org's definitions, pyld (the JSON-LD in pages)",
                     "linked_pages.schema_org_has_every_word_and_it_takes_every_value",
                     "linked_pages.pyld_expands_all_of_it"),
}  # fmt: skip
"""What is published outside of `api/v1/`, by a pattern of paths."""


@dataclass(frozen=True)
class Line:
    """A line of the table."""

    files: str
    count: int
    size: int
    judged: Judged


def lines(content: Path, config: Path) -> Iterator[Line]:
    """Each family with its size on this content."""
    files, faults = read_folder(content)
    catalogue, problems = check(files)
    assert not [*faults, *problems], "The content has problems: catalogue check"
    tree = tree_of(catalogue, derive(catalogue, DAY), site_of(config))
    told = offered(tree, catalogue.kinds)
    for offer in OFFERS:
        own = [each.size for each in told if each.offer == offer]
        yield Line(FOLDER + offer.pattern, len(own), sum(own), ROWS[offer.pattern])
    for pattern, judged in BESIDE.items():
        found = [data for path, data in tree.items() if fnmatchcase(path, pattern) and not path.startswith(FOLDER)]
        yield Line(pattern, len(found), sum(len(d.encode() if isinstance(d, str) else d) for d in found), judged)


class Verdicts:
    """A plugin for pytest that keeps how each test ended, by its function."""

    def __init__(self) -> None:
        self.ended: dict[str, set[str]] = {}

    def pytest_runtest_logreport(self, report: object) -> None:
        """Keep the end of a test."""
        when, outcome, name = (str(getattr(report, word)) for word in ("when", "outcome", "nodeid"))
        if when == "call" or outcome != "passed":
            self.ended.setdefault(name.partition("[")[0], set()).add(outcome)

    def of(self, judged: Judged) -> str:
        """The verdict of the tests of a judge."""
        found = set().union(*(self.ended.get(node_of(test), {"not run"}) for test in judged.tests))
        if "failed" in found or "not run" in found:
            return "FAULTS"
        return "valid" if found == {"passed"} else "valid, as far as the judges are on this machine"


def node_of(test: str) -> str:
    """How pytest calls a test: `tests/test_api.py::test_…`."""
    module, _, name = test.partition(".")
    return f"tests/test_{module}.py::test_{name}"


def table(told: Iterable[Line], verdicts: Verdicts) -> str:
    """The table as Markdown."""
    rows = [
        f"| `{line.files}` | {line.count:,} | {line.size:,} | {line.judged.by} | {verdicts.of(line.judged)} |"
        for line in told
    ]
    return "\n".join(["| files | number | bytes | judged by | verdict |", "|---|--:|--:|---|---|", *rows])


def main() -> None:
    """Run the judges and print the table; exit with 1 where one found a fault."""
    import pytest

    judged = [*ROWS.values(), *BESIDE.values()]
    tests = sorted({node_of(test) for each in judged for test in each.tests})
    verdicts = Verdicts()
    pytest.main(["--quiet", "--no-header", "-p", "no:warnings", "--tb=short", *tests], plugins=[verdicts])
    told = table(lines(Path("content"), Path("mkdocs.yml")), verdicts)
    print(told)
    sys.exit("FAULTS" in told)


if __name__ == "__main__":
    main()
