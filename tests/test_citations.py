"""Citations are read back by small strict readers, whatever letters the title has."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from conftest import TODAY, base_files, catalogue_of
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from site_fixture import BuiltSite
from standards import standard

from generator.build import build
from generator.derive import derive
from generator.derive.bibliography import bibliography
from generator.export.citations import FORMATS, Citation, bibtex, citations, csl_json, ris
from generator.kinds import KINDS
from generator.render import Site

ODD = r"50 % of R&D_{x} — «Año» #1 $5 ~ ^ \ {braces} 中"
TITLES = (ODD, "EU–Chile", "}", "\\", "two\nlines", "ER  - ")
any_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


def citation(title: str = ODD, changed: date | None = None) -> Citation:
    return Citation("programme-x", title, "A & B", "https://c.example/programmes/x/", TODAY, changed)


def plain(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip()


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """Type, key and fields of one entry; braces must balance, and no special letter may stand bare."""
    head = re.match(r"@(\w+)\{([a-z0-9-]+),\n", text)
    assert head
    assert text.endswith("\n}\n")
    fields = {}
    for line in text[head.end() : -3].split("\n"):
        name, value = re.fullmatch(r"  (\w+) = \{(.*)\},?", line).groups()  # type: ignore[union-attr]
        fields[name] = value if name == "url" else untex(value)
    return head[1], head[2], fields


UNTEX = {"textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^"}


def untex(value: str) -> str:
    value = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    made, rest = "", value
    while rest:
        if found := re.match(r"\\(text[a-z]+)\{\}", rest):
            made += UNTEX[found[1]]
        elif found := re.match(r"\\([&%$#_{}])", rest):
            made += found[1]
        else:
            found = re.match(r"[^\\&%$#_{}~^]", rest, re.DOTALL)
            assert found, f"bare {rest[0]!r} in {value!r}"
            made += found[0]
        rest = rest[found.end() :]
    return made


def read_ris(text: str) -> list[tuple[str, str]]:
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    found = [re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line) for line in lines]
    assert all(found), lines
    return [(each[1], each[2]) for each in found if each]


@pytest.mark.parametrize("title", TITLES)
def test_bibtex_reads_back(title: str) -> None:
    sort, key, fields = read_bibtex(bibtex(citation(title)))
    assert (sort, key) == ("misc", "programme-x")
    assert fields["title"] == plain(title)
    assert fields["author"] == "A & B"
    assert (fields["year"], fields["month"], fields["version"]) == ("2026", "11", "2026-11-23")
    assert fields["url"] == "https://c.example/programmes/x/"


@given(any_text)
def test_any_title_reads_back_in_every_format(title: str) -> None:
    assert read_bibtex(bibtex(citation(title)))[2]["title"] == plain(title)
    assert dict(read_ris(ris(citation(title))))["TI"] == plain(title)
    assert json.loads(csl_json(citation(title)))[0]["title"] == plain(title)


def test_ris_begins_with_its_type_ends_with_er_and_has_known_tags() -> None:
    fields = read_ris(ris(citation()))
    assert fields[0] == ("TY", "ELEC")
    assert fields[-1] == ("ER", "")
    assert {tag for tag, _ in fields} <= set("TY ID TI AU PY DA ET N1 LA UR ER".split())
    assert dict(fields)["DA"] == "2026/11/23/"


CSL: dict[str, type] = {
    "id": str, "type": str, "title": str, "author": list, "container-title": str, "issued": dict, "version": str,
    "note": str, "URL": str, "language": str,
}  # fmt: skip
"""The variables of CSL 1.0.2 that we write, and their sorts; the schema allows no others than its own."""


def test_csl_json_has_the_variables_of_the_schema() -> None:
    items: list[dict[str, Any]] = json.loads(csl_json(citation()))
    (item,) = items
    assert {name: type(value) for name, value in item.items()} == CSL
    assert item["type"] == "webpage"
    assert item["issued"] == {"date-parts": [[2026, 11, 23]]}
    assert item["author"] == [{"literal": "A & B"}]


def test_the_last_change_is_told_where_it_is_known() -> None:
    assert citation().note == "As of 2026-11-23"
    assert "record last changed 2025-01-02" in bibtex(citation(changed=date(2025, 1, 2)))


def test_a_file_of_many_records_dates_none_of_them() -> None:
    changed = {"programmes/cohesion.yml": date(2025, 1, 2), "countries.yml": date(2025, 1, 3)}
    catalogue = catalogue_of(base_files())
    made = citations(catalogue, derive(catalogue, TODAY), "S", "https://c.example/", changed)
    assert "2025-01-02" in made["programmes/cohesion/cite.ris"]
    assert "last changed" not in made["countries/pe/cite.ris"]


def test_every_record_with_a_page_has_its_files_and_they_read_back(built: BuiltSite) -> None:
    for kind in KINDS:
        for id, path in built.paths(kind).items() if kind.name != "page" else ():
            place = path.removesuffix(".md")
            for ending in FORMATS:
                assert (built.site / place / f"cite.{ending}").read_bytes(), (kind.name, id)
            title = json.loads(built.tree[f"{place}/cite.json"])[0]["title"]
            assert read_bibtex(built.tree[f"{place}/cite.bib"])[2]["title"] == title
            heading = next(built.page(f"{place}/").all("h1")).text
            assert " ".join(title.split()) == heading, (kind.name, id)


def test_the_day_of_the_last_change_comes_from_git_and_shows_on_the_page() -> None:
    changed = {"programmes/cohesion.yml": date(2025, 1, 2), "countries.yml": date(2025, 1, 3)}
    tree = build(base_files(), TODAY, Site(repository="https://git.example"), changed=changed).tree
    page = tree["programmes/cohesion/index.md"]
    assert "Record last changed 2\xa0January\xa02025" in page
    assert "File of these records last changed 3\xa0January\xa02025" in tree["countries/pe/index.md"]
    assert "last changed" not in tree["agreements/eu-andean/index.md"]


# -- lists, and what others read


def lists(built: BuiltSite) -> dict[str, list[str]]:
    """Each list that has files of citations, by its address, with the titles that they must name."""
    kinds = [kind for kind in KINDS if kind.name != "page"]
    of_kind = {
        f"{kind.section}/": [
            json.loads(built.tree[f"{path.removesuffix('.md')}/cite.json"])[0]["title"]
            for path in built.paths(kind).values()
        ]
        for kind in kinds
    }
    return {**of_kind, "bibliography/": [plain(each.titles[0]) for each in bibliography(built.catalogue)]}


def test_a_list_cites_each_of_its_records_once_and_its_page_links_to_the_files(built: BuiltSite) -> None:
    for address, titles in lists(built).items():
        items = json.loads(built.tree[f"{address}cite.json"])
        assert sorted(item["title"] for item in items) == sorted(titles), address
        assert len({item["id"] for item in items}) == len(items), address
        assert built.tree[f"{address}cite.bib"].count("\n}\n") == len(items), address
        links = {link.attributes["href"] for link in built.page(address).all("a")}
        assert {f"../{address}cite.{ending}" for ending in FORMATS} <= links, address


def test_a_publication_has_the_day_on_which_it_was_read_and_no_day_of_its_own(built: BuiltSite) -> None:
    for text in built.tree["bibliography/cite.bib"].split("\n\n"):
        assert not {"year", "version", "note"} & set(read_bibtex(text.rstrip("\n") + "\n")[2])
    items = json.loads(built.tree["bibliography/cite.json"])
    assert not [item for item in items if "issued" in item]
    assert sum("accessed" in item for item in items) > 500


def of_tree(built: BuiltSite, ending: str) -> list[str]:
    return [path for path in built.tree if path.endswith(f"cite.{ending}")]


def test_bibtexparser_reads_every_file(built: BuiltSite) -> None:
    for path in of_tree(built, "bib"):
        library = bibtexparser.parse_string(built.tree[path], append_middleware=[LatexDecodingMiddleware()])
        assert library.failed_blocks == [], path
        items = json.loads(built.tree[path.replace(".bib", ".json")])
        assert [entry.key for entry in library.entries] == [item["id"] for item in items], path
        for entry, item in zip(library.entries, items, strict=True):
            assert entry["title"].strip("{}") == item["title"].strip("{}"), path


def test_rispy_reads_every_file(built: BuiltSite) -> None:
    for path in of_tree(built, "ris"):
        entries = rispy.loads(built.tree[path])
        items = json.loads(built.tree[path.replace(".ris", ".json")])
        assert [(each["id"], each["title"]) for each in entries] == [(item["id"], item["title"]) for item in items]
        read = [[url.replace("%3B", ";") for url in each.get("urls", ())] for each in entries]
        assert read == [[item["URL"]] if "URL" in item else [] for item in items], path


def test_every_csl_json_is_valid_by_its_schema(built: BuiltSite) -> None:
    schema = json.loads(standard("jsonschema/csl-data.json", "citations by the schema of CSL-JSON").read_bytes())
    validator = Draft7Validator(schema)
    for path in of_tree(built, "json"):
        assert list(validator.iter_errors(json.loads(built.tree[path]))) == [], path
