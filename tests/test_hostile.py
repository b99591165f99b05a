"""What strangers may send ends in a problem that says where and what, or is shown as text by everything we publish.

The attacks are the files in `tests/hostile`; `hostile_fixture` puts them into every field of every kind.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sqlite3
import time
import tracemalloc
from contextlib import closing
from itertools import cycle
from typing import Any, get_args, get_type_hints
from urllib.parse import urlsplit

import bibtexparser
import openpyxl
import pytest
import rispy
import yaml
from conftest import base_files, problems_of
from hostile_fixture import EVERYTHING, LINES, PROSES, Attacker, Hostile, attacks, hostile_record
from lxml import etree
from rdf import graph_of
from strategies import OWN, file_of, written

from generator.checking import check
from generator.kinds import KINDS
from generator.kinds.programme import KIND as PROGRAMME
from generator.model.evidence import Source
from generator.model.values import DEVICES, Line, Model, Prose, Url
from generator.read import LARGEST, MOST
from generator.reports import Report
from generator.reports.pull_request import as_annotations, as_summary
from generator.reports.text import as_text

REFUSED = attacks("refused")


# -- every field is attacked


def _text_fields(model: type[Model], seen: set[type[Model]]) -> set[str]:
    """The fields of a model, and of the models in it, that hold texts or addresses."""
    if model in seen:
        return set()
    seen.add(model)
    found: set[str] = set()
    for name, hint in get_type_hints(model, include_extras=True).items():
        if name not in model.model_fields or (name in OWN and model is not Source):
            continue
        parts = list(_parts(hint))
        found |= {f"{model.__name__}.{name}" for part in parts if part in (Line, Prose, Url)}
        for part in parts:
            if isinstance(part, type) and issubclass(part, Model):
                found |= _text_fields(part, seen)
    return found


def _parts(hint: Any) -> Any:
    yield hint
    for each in get_args(hint):
        yield from _parts(each)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_text_of_a_kind_is_attacked(kind: Any) -> None:
    attacker = Attacker(cycle(["x"]))
    hostile_record(kind, attacker)
    assert _text_fields(kind.model, set()) - attacker.hit == set()


def test_texts_that_pass_are_told_of_no_problem() -> None:
    """Each attack of one line, and each of prose, by itself."""
    for name, text in {**LINES, **PROSES}.items():
        field = "name" if name in LINES else "summary"
        fields = {"name": "X", "summary": "Text.", field: text}
        assert problems_of(file_of(PROGRAMME, "x", fields)(base_files())) == [], name


# -- what is refused, with its place


@pytest.mark.parametrize(("sort", "code"), [(sort, code) for sort in ("prose", "urls") for code in REFUSED[sort]])
def test_what_is_refused_is_told_with_its_line(sort: str, code: str) -> None:
    for text in REFUSED[sort][code]:
        source = {"id": "s1", "title": "T", "publisher": "P", **({"url": text} if sort == "urls" else {})}
        fields = {"name": "X", "summary": "Text." if sort == "urls" else text, "evidence": {"name": ["s1"]}}
        files = file_of(PROGRAMME, "x", {**fields, "sources": [source]})(base_files())
        _, problems = check(files)
        assert {problem.code.slug for problem in problems} == {code}, (text, problems)
        lines = files["programmes/x.yml"].splitlines()
        assert all(lines[p.place.line - 1].lstrip(" -").startswith(("summary:", "url:")) for p in problems), text


@pytest.mark.parametrize("code", REFUSED["prose"])
def test_a_page_refuses_what_a_record_refuses_but_for_links_inside_of_the_site(code: str) -> None:
    local = re.compile(r"\[a\]\((\.\./\.\./x|[#?]?x|%6A.*)\)")
    for text in REFUSED["prose"][code]:
        _, problems = check(base_files() | {"pages/x.md": f"---\ntitle: X\ndescription: D\n---\n\n{text}\n"})
        found = {problem.code.slug for problem in problems}
        assert code in found or (local.fullmatch(text) and not found), (text, problems)


@pytest.mark.parametrize("id", [*REFUSED["ids"], *sorted(DEVICES - set(REFUSED["ids"]))])
def test_an_id_that_is_none_is_refused_as_a_file_and_as_an_alias(id: str) -> None:
    fields = {"name": "X", "summary": "Text."}
    as_alias = file_of(PROGRAMME, "x", {**fields, "aliases": [id]})(base_files())
    assert [line.split(": ")[1] for line in problems_of(as_alias)] == ["bad-id"]
    as_id = {**base_files(), f"programmes/{id}.yml": written({"id": id, **fields})}
    assert {line.split(": ")[1] for line in problems_of(as_id)} <= {"bad-id", "id-mismatch", "stray-file"}
    assert problems_of(as_id)


@pytest.mark.parametrize("name", ["con", "about/nul", "aux/index", "about/../x", "../x", "A", "about/com1/index"])
def test_a_page_has_an_address_that_any_disk_can_hold(name: str) -> None:
    page = "---\ntitle: X\ndescription: D\n---\n\nText.\n"
    assert [line.split(": ")[1] for line in problems_of(base_files() | {f"pages/{name}.md": page})] == ["bad-id"]


# -- what costs time


M = LARGEST - 300
PAGE = "---\ntitle: X\ndescription: D\n---\n"
HEAD = "id: x\nname: X\nsummary: Text.\n"
BOMBS = {
    "depth, in brackets": ("programmes/x.yml", "[" * M, "too-deep"),
    "depth, in lists": ("programmes/x.yml", "- " * (M // 2), "too-deep"),
    "laughs": ("programmes/x.yml", "a: &a [x, x]\n" + "b: [*a, *a]\n" * 9, "anchor-or-alias"),
    "items": ("programmes/x.yml", f"{HEAD}aliases: [{'a,' * 500_000}]\n", "too-large"),
    "items that hold nothing": ("programmes/x.yml", f"{HEAD}phases:\n{'-' + chr(10)}" * 300_000, None),
    "references": ("programmes/x.yml", f"{HEAD}countries: [{'zz,' * 300_000}]\n", "too-large"),
    "fields": ("programmes/x.yml", HEAD + "".join(f"k{n}:\n" for n in range(101_000)), "too-large"),
    "a long text": ("programmes/x.yml", f"{HEAD}start: {'9' * 900_000}\n", "too-large"),
    "brackets": ("programmes/x.yml", f"id: x\nname: X\nsummary: {'a[' * 9_000}\n", "too-deep"),
    "brackets of a page": ("pages/x.md", PAGE + "[" * 20_000, "too-deep"),
    "links of a page": ("pages/x.md", PAGE + "[a](" * 7_000, "too-deep"),
    "pictures of a page": ("pages/x.md", PAGE + "![[" * 9_000, "too-deep"),
    "quotes of a page": ("pages/x.md", PAGE + "> " * 10_000 + "a", "too-deep"),
    "lists of a page": ("pages/x.md", PAGE + "1. " * 9_000 + "a", "too-deep"),
    "a long page": ("pages/x.md", PAGE + "a " * 400_000, "too-large"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_cost_time_costs_little(name: str) -> None:
    """The seconds are of the processor, generous for a slow machine: most are refused in a tenth of a second."""
    path, text, code = BOMBS[name]
    begun = time.process_time()
    found = {line.split(": ")[1] for line in problems_of(base_files() | {path: text[:LARGEST]})}
    assert time.process_time() - begun < 10
    assert found == {code} if code else found


def test_refusing_a_file_of_half_a_million_values_takes_little_memory() -> None:
    files = base_files() | {"programmes/x.yml": f"{HEAD}aliases: [{'a,' * 500_000}]\n"}
    check(files)
    tracemalloc.start()
    check(files)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60 * 1024 * 1024
    assert MOST == 100_000


# -- what is published


def test_every_attack_of_a_line_is_seen_as_itself(hostile: Hostile) -> None:
    page = etree.parse(str(hostile.site / "groups" / "hostile-a" / "index.html"), etree.HTMLParser(encoding="utf-8"))
    (heading,) = page.xpath("//article/h1")
    assert " ".join("".join(heading.itertext()).split()) == " ".join(EVERYTHING.split())


ALLOWED = {"http", "https", "mailto", ""}
LEADS = ("href", "src", "action", "formaction", "data", "{http://www.w3.org/1999/xlink}href", "xlink:href", "poster")


def test_no_page_holds_what_runs_or_loads(hostile: Hostile) -> None:
    pages = sorted(hostile.site.rglob("*.html"))
    assert len(pages) > 150
    for path in pages:
        root = etree.parse(str(path), etree.HTMLParser(encoding="utf-8")).getroot()
        for element in root.iter(etree.Element):
            assert element.tag not in ("iframe", "object", "embed", "base", "math", "style", "img", "animate"), path
            data = element.tag == "script" and element.get("type") == "application/ld+json"
            assert element.tag != "script" or data or element.get("src", "").startswith((".", "/", "assets/")), path
            for name, value in element.attrib.items():
                assert not name.startswith("on"), (path, name)
                assert name != "style", path
                if name in LEADS:
                    assert urlsplit(value).scheme in ALLOWED, (path, value)
                    assert "evil.example" not in (urlsplit(value).hostname or ""), (path, value)
            if data:
                json.loads(element.text or "")


def test_no_template_is_filled_by_content(hostile: Hostile) -> None:
    """`{{ 7 * 7 }}` stays what it is, in Markdown and in what MkDocs makes of it."""
    page = (hostile.site / "agreements" / "hostile-a" / "index.html").read_text(encoding="utf-8")
    assert "{{ 7 * 7 }} {% raw %}" in html.unescape(page)


def test_json_reads_back(hostile: Hostile) -> None:
    texts = hostile.texts(".json", ".jsonld")
    assert len(texts) > 100
    for path, text in texts.items():
        json.loads(text)
        assert "\u2028" not in text or path.endswith(".json"), path


def test_drawings_and_xml_hold_nothing_that_runs(hostile: Hostile) -> None:
    texts = hostile.texts(".svg", ".xml", ".atom")
    assert any(path.endswith("card.svg") for path in texts)
    for path, text in texts.items():
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        for element in root.iter():
            assert isinstance(element.tag, str), (path, "a comment, an instruction or an entity")
            local = etree.QName(element).localname
            assert local not in ("script", "foreignObject", "animate", "set", "iframe", "image", "use"), (path, local)
            for name, value in element.attrib.items():
                assert not etree.QName(name).localname.startswith("on"), (path, name)
                if etree.QName(name).localname == "href":
                    assert urlsplit(value).scheme in ("http", "https", ""), (path, value)


def test_what_a_feed_quotes_as_html_runs_nothing(hostile: Hostile) -> None:
    for path, text in hostile.texts(".atom").items():
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        for quoted in root.xpath("//*[@type='html']"):
            for element in (etree.HTML(f"<p>{quoted.text or ''}") or quoted).iter(etree.Element):
                assert element.tag not in ("script", "img", "iframe", "svg", "object", "style", "base"), path
                assert not [name for name in element.attrib if name.startswith("on")], path


def test_oembed_offers_one_frame_and_nothing_else(hostile: Hostile) -> None:
    for path, text in hostile.texts("oembed.json").items():
        (frame,) = etree.HTML(json.loads(text)["html"])[0]
        assert frame.tag == "iframe", path
        assert set(frame.attrib) <= {"src", "title", "width", "height", "loading", "style"}, path
        assert frame.get("src", "").startswith("https://catalogue.example.org/some/path/"), path


FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def test_tables_open_no_formula(hostile: Hostile) -> None:
    seen = 0
    for path, text in hostile.texts(".csv").items():
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
            for cell in row:
                seen += cell.startswith("'")
                assert not cell.startswith(FORMULA) or re.fullmatch(r"-?[0-9.]+", cell), (path, cell)
    assert seen > 20


def test_the_workbook_holds_texts_and_no_formula_or_link(hostile: Hostile) -> None:
    (data,) = (data for path, data in hostile.tree.items() if path.endswith(".xlsx"))
    assert isinstance(data, bytes)
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    assert any(cell.value == LINES["formula"] for cell in cells)
    outside = [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target]
    assert all(urlsplit(target).scheme in ("http", "https") for target in outside)


def test_the_database_is_whole_and_holds_the_text(hostile: Hostile) -> None:
    (data,) = (data for path, data in hostile.tree.items() if path.endswith(".sqlite"))
    assert isinstance(data, bytes)
    with closing(sqlite3.connect(":memory:")) as read:
        read.deserialize(data)
        assert read.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = [row[0] for row in read.execute("SELECT name FROM programmes WHERE id = 'hostile-a'")]
    assert names == [" ".join(EVERYTHING.split())]


def test_citations_hold_as_many_works_as_they_should(hostile: Hostile) -> None:
    """No text ends its field, its entry or its line, nor begins another."""
    for path, text in hostile.texts("cite.bib").items():
        read = bibtexparser.parse_string(text) if hasattr(bibtexparser, "parse_string") else bibtexparser.loads(text)
        works = json.loads(str(hostile.tree[path.removesuffix("bib") + "json"]))
        assert len(read.entries) == len(works), path
        assert "evil" not in str([each.key if hasattr(each, "key") else each["ID"] for each in read.entries]), path
        for line in text.splitlines():
            assert re.match(r"@[a-z]+\{|  [a-z]+ = \{.*\},?$|\}$|$", line), (path, line)
        ris = str(hostile.tree[path.removesuffix("bib") + "ris"])
        assert len(rispy.loads(ris)) == len(works) == len(re.findall(r"^ER  - ", ris, re.MULTILINE)), path
        assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in re.split(r"\r?\n", ris)), path


def test_calendars_hold_as_many_events_as_they_should(hostile: Hostile) -> None:
    """A line of a calendar is a property that the standard knows, or goes on from the line above (RFC 5545, 3.1)."""
    known = re.compile(r"(?: |(?:BEGIN|END|[A-Z][A-Z0-9-]*)(?:;[^:]*)?:)")
    for path, text in hostile.texts(".ics").items():
        lines = text.split("\r\n")
        assert lines.pop() == "", path
        assert all("\n" not in line and "\r" not in line and known.match(line) for line in lines), path
        assert not re.search(r"^(?:BEGIN|END):(?!VCALENDAR|VEVENT|VTIMEZONE|STANDARD|DAYLIGHT)", text, re.MULTILINE), (
            path
        )
        assert text.count("BEGIN:VEVENT\r\n") == text.count("END:VEVENT\r\n"), path


def test_linked_data_is_read_by_rdflib(hostile: Hostile) -> None:
    texts = hostile.texts(".ttl")
    assert texts
    for path, text in texts.items():
        graph = graph_of(text)
        assert not [node for triple in graph for node in triple if str(node).startswith("https://evil.example")], path


def test_the_file_of_the_citation_and_the_plain_forms_are_texts(hostile: Hostile) -> None:
    for text in hostile.texts(".cff").values():
        assert yaml.safe_load(text)["cff-version"]
    for path, text in hostile.texts(".txt", ".md.txt").items():
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text), path


# -- what is told of problems


NASTY = ("a\n::error::evil", "##[error]evil", "::stop-commands::x", "\x1b]0;evil\x07", "\x1b[2J", "a\r\nb",
         "\u202eevil", "<script>spring()</script>", "[x](javascript:spring())", "@all #1", "` ``", "%0A::evil",
         "\u2028::error::evil", "x,line=1::evil", "x\n\n# <img src=x>")  # fmt: skip


def _nasty_report() -> Report:
    """Problems that quote keys, values, ids and paths of strangers."""
    files: dict[str, bytes | str] = {**base_files()}
    for number, text in enumerate(NASTY):
        quoted = json.dumps(text)
        fields = f"id: n{number}\nname: X\nsummary: Text.\n{quoted}: 1\nstart: {quoted}\ncountries: [{quoted}]\n"
        files[f"programmes/n{number}.yml"] = fields
        files[f"programmes/{text}.yml"] = "id: x\n"
    _, problems = check(files)
    assert len(problems) > 3 * len(NASTY)
    texts = {path: text for path, text in files.items() if isinstance(text, str)}
    return Report(problems, texts, "content")


def test_annotations_are_one_line_each_and_no_other_command() -> None:
    text = as_annotations(_nasty_report())
    lines = text.split("\n")
    assert lines.pop() == ""
    assert all(re.match(r"::(error|warning|notice) [^\n]*::[^\r\n]+$", line) for line in lines)
    assert len(lines) == 11


def test_a_terminal_obeys_nothing_and_no_line_begins_as_a_command() -> None:
    """A runner of GitHub reads commands from any line that begins with two colons, whatever printed it."""
    text = as_text(_nasty_report(), list_warnings=True)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text)
    assert not [line for line in text.split("\n") if line.lstrip().startswith("::")]


def test_the_page_of_a_job_shows_text_alone() -> None:
    text = as_summary(_nasty_report())
    outside = re.sub("`[^`\n]*`", "", re.sub(r"(?ms)^  (`{3,})text$.*?^  \1$", "", text))
    assert not [sign for sign in ("<script", "<img", "](javascript", "@all", "::") if sign in outside]
    assert {line.partition(" ")[0] for line in outside.splitlines() if line.startswith("#")} == {"###", "####"}
