"""The last look at a built site: each way to break a small site is told, and nothing else is."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import base_files, whole_tree_of
from site_fixture import SITE_URL, BuiltSite
from small_site import CALENDAR, GONE, HERE, SITE, TURTLE, database, fragment, home, page, write_site

from generator.verification import verify
from generator.verification.data import FORMATS, NAMES
from generator.verification.flaw import Flaw
from generator.verification.formats import calendar, turtle
from generator.verification.output import read_output
from generator.verification.weight import PAGE, VIEW


def flaws(tmp_path: Path, changes: Mapping[str, str | bytes | None]) -> list[str]:
    return [str(flaw) for flaw in verify(write_site(tmp_path, changes), HERE)]


def test_a_whole_site_has_no_flaw(tmp_path: Path) -> None:
    assert flaws(tmp_path, {}) == []


HOME = "index.html"
MEND = "Mend the link; where a record stood there, catalogue rename, merge and retire keep its address alive."
THERE = "Put the file there, or take the line out."
COPY = "Keep a copy below overrides/assets and load that: readers are told that no other host hears of them."
DATA = "Data is made by generator/export and must be read by any program: mend what writes this file."
FRAME = "See overrides/main.html."
AGAIN = "Run catalogue build again; if it stays, Pagefind has changed the form of its files."


IN_A_PAGE = {
    '<a href="nowhere/">x</a>': f"The link to nowhere/ leads nowhere. {MEND}",
    '<dl><dd><a href="programmes/b/?q#x">x</a></dd></dl>': f"The link to programmes/b/?q#x leads nowhere. {MEND}",
    '<svg><a href="b.md"><path/></a></svg>': f"The link to b.md leads nowhere. {MEND}",
    '<svg><a xlink:href="b.md"><path/></a></svg>': f"The link to b.md leads nowhere. {MEND}",
    '<map><area href="nowhere/"></map>': f"The link to nowhere/ leads nowhere. {MEND}",
    '<form action="find/"></form>': f"The link to find/ leads nowhere. {MEND}",
    '<a href="../cat/programmes/">x</a>': f"The link to ../cat/programmes/ leads nowhere. {MEND}",
    '<a href="/cat/programmes/">x</a>': "The link to /cat/programmes/ starts at the top of the host. Write it relative "
    "to the page: the site may stand in a folder.",
    '<a href="#nowhere">x</a>': "There is no anchor '#nowhere' at #nowhere. Name an id that the page has.",
    '<a href="programmes/a/#notes">x</a>': "There is no anchor '#notes' at programmes/a/#notes. Did you mean '#note'?",
    f'<a href="{HERE}programmes/a/#notes">x</a>': f"There is no anchor '#notes' at {HERE}programmes/a/#notes. Did you "
    "mean '#note'?",
    '<p id="main">x</p>': "The id 'main' stands twice. Give one of the two places another.",
    '<img src="y.png">': f"It loads y.png, which is not there. {THERE}",
    '<img src="assets/icon.svg" srcset="assets/icon.svg 1x, y.png 2x">': f"It loads y.png, which is not there. {THERE}",
    '<link rel="stylesheet" href="y.css">': f"It loads y.css, which is not there. {THERE}",
    '<svg><use href="y.svg#a"/></svg>': f"It loads y.svg#a, which is not there. {THERE}",
    '<video poster="y.png"></video>': f"It loads y.png, which is not there. {THERE}",
    '<p style="background:url(y.png)">x</p>': f"It loads y.png, which is not there. {THERE}",
    '<script src="https://cdn.org/x.js"></script>': f"It loads https://cdn.org/x.js from another host. {COPY}",
    '<img src="//cdn.org/x.png">': f"It loads //cdn.org/x.png from another host. {COPY}",
    '<iframe src="https://cdn.org/"></iframe>': f"It loads https://cdn.org/ from another host. {COPY}",
    '<object data="HTTPS://cdn.org/"></object>': f"It loads HTTPS://cdn.org/ from another host. {COPY}",
    '<link rel="preconnect" href="https://cdn.org">': f"It loads https://cdn.org from another host. {COPY}",
    '<style>@import "https://cdn.org/x.css";</style>': f"It loads https://cdn.org/x.css from another host. {COPY}",
}


@pytest.mark.parametrize("planted", IN_A_PAGE)
def test_what_is_wrong_in_a_page_is_told(tmp_path: Path, planted: str) -> None:
    assert flaws(tmp_path, home(planted)) == [f"{HOME}: {IN_A_PAGE[planted]}"]


@pytest.mark.parametrize(
    "fine",
    [
        '<a href="mailto:a@x.org">x</a><a href="tel:+1">x</a><a href="">x</a><a href="#top">x</a><a href=".">x</a>',
        '<a href="programmes/./a/../a/#note">x</a><a href="programmes/%61/">x</a><a href="programmes">x</a>',
        '<a href="search/?q=a#main">x</a><script type="application/ld+json">{"@id": "https://x.org/cat/#it"}</script>',
        '<a href="llms.txt#line">x</a><img alt="" src="data:image/png;base64,AAAA"><link rel="license" href="https://y.org">',
    ],
)
def test_what_is_fine_in_a_page_is_not_told(tmp_path: Path, fine: str) -> None:
    assert flaws(tmp_path, home(fine)) == []


def forms(*others: tuple[str, str]) -> str:
    return "".join(f'<link rel="alternate" hreflang="{key}" href="{target}">' for key, target in others)


ENDS: list[tuple[dict[str, str | bytes | None], list[str]]] = [
    # style sheets, scripts, drawings and data
    ({"assets/a.css": "p { background: url(y.png) }"}, [f"assets/a.css: It loads y.png, which is not there. {THERE}"]),
    ({"assets/a.css": '@font-face { src: URL("//f.org/a.woff2") }'},
     [f"assets/a.css: It loads //f.org/a.woff2 from another host. {COPY}"]),
    ({"assets/a.js": "await import('./c.js');"}, [f"assets/a.js: It loads ./c.js, which is not there. {THERE}"]),
    ({"assets/icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://y.org/a.png"/></svg>'},
     [f"assets/icon.svg: It loads https://y.org/a.png from another host. {COPY}"]),
    ({"llms.txt": f"Read {HERE}programmes/b/."},
     [f"llms.txt: There is nothing at {HERE}programmes/b/, which it names. {MEND}"]),
    ({"llms.txt": f"Read <{HERE}programmes/a/#nota>"},
     [f"llms.txt: There is no anchor '#nota' at {HERE}programmes/a/#nota. Did you mean '#note'?"]),
    ({"api/v1/a.ttl": f"<{HERE}programmes/c/#it> a <{HERE}programmes/a/#B> ."},
     [f"api/v1/a.ttl: There is nothing at {HERE}programmes/c/#it, which it names. {MEND}"]),
    ({"api/v1/openapi.json": f'{{"servers": [{{"url": "{HERE}api/v1"}}, {{"url": "{HERE}api/v1/"}}]}}'}, []),
    ({"api/v1/openapi.json": f'{{"servers": [{{"url": "{HERE}api/v2"}}]}}'},
     [f"api/v1/openapi.json: There is nothing at {HERE}api/v2, which it names. {MEND}"]),
    ({"api/v1/datapackage.json": '{"resources": [{"path": "b.csv"}], "tables": [{"url": "c.csv"}]}'},
     [f"api/v1/datapackage.json: It describes {name}.csv, which is not there. {DATA}" for name in "bc"]),
    # search, site map, listings
    ({"about/index.html": page("about/", "x", mark=""), "sitemap.xml": str(SITE["sitemap.xml"]).replace(
        "<url>", f"<url><loc>{HERE}about/</loc></url><url>", 1)},
     ["about/index.html: The search does not read this page. Mark its text with data-pagefind-body, or give it a row "
      "in verification/finding.py (UNSEARCHED)."]),
    ({"search/index.html": page("search/", "x"), "pagefind/fragment/3.pf_fragment": fragment("search/"),
      "pagefind/pagefind-entry.json": '{"languages": {"en": {"page_count": 3}}}'},
     ["search/index.html: The search reads this page, which only lists or replaces others. Write `search: false` into "
      "its front matter."]),
    ({"pagefind/fragment/2.pf_fragment": None},
     [f"programmes/a/index.html: The search index does not know this page. {AGAIN}"]),
    ({"pagefind/fragment/3.pf_fragment": fragment("programmes/b/")},
     [f"programmes/b/index.html: The search index knows this page, which is not there or not meant for it. {AGAIN}"]),
    ({"pagefind/pagefind-entry.json": '{"languages": {"en": {"page_count": 1}}}'},
     ["pagefind/pagefind-entry.json: The search counts {'en': 1} pages by language, and there are {'en': 2}. "
      + AGAIN]),
    ({"pagefind/pagefind-entry.json": None}, [f"pagefind/pagefind-entry.json: There is no search index. {AGAIN}"]),
    ({"pagefind/fragment/1.pf_fragment": b"x"},
     [f"pagefind/pagefind-entry.json: The search index cannot be read (Not a gzipped file (b'x')). {AGAIN}"]),
    ({"sitemap.xml": str(SITE["sitemap.xml"]).replace(f"<url><loc>{HERE}programmes/a/</loc></url>", "")},
     ["programmes/a/index.html: The site map does not name this page. See overrides/sitemap.xml."]),
    ({"sitemap.xml": str(SITE["sitemap.xml"]).replace(">https://x.org/cat/<", ">https://x.org/cat/programmes/old/<")},
     ["index.html: The site map does not name this page. See overrides/sitemap.xml.",
      f"sitemap.xml: It names {HERE}programmes/old/, which is no page for search engines. See overrides/sitemap.xml."]),
    ({"sitemap.xml": None}, ["sitemap.xml: There is no site map. Run catalogue build again."]),
    ({"sitemap.xml.gz": gzip.compress(b"old")},
     ["sitemap.xml.gz: It says something else than sitemap.xml. Run catalogue build again."]),
    ({"programmes/index.html": page("programmes/", "nothing", mark="")},
     ["programmes/a/index.html: Its listing, programmes/index.html, does not name it. See "
      "generator/render/listing.py."]),
    ({"assets/data/names.json": '{"programmes": {"records": {"a": [], "b": []}}}'},
     ["programmes/b/index.html: A record has no page. See generator/render."]),
    ({"assets/data/former.json": '{"redirects": {}, "retired": []}'},
     ["programmes/old/index.html: It asks search engines to leave it out. Only former addresses may: see `gone` in its "
      "front matter."]),
    ({"assets/data/former.json": '{"redirects": {"programmes/old/": ""}, "retired": [{"addresses": ["w/"]}]}'},
     ["w/index.html: A former address has no page. See generator/render/gone.py."]),
    # heads
    (home("").copy() | {HOME: str(SITE[HOME]).replace(f'canonical" href="{HERE}"', 'canonical" href="https://y.org/"')},
     [f"index.html: Its canonical address is https://y.org/, not {HERE}. {FRAME}"]),
    ({HOME: str(SITE[HOME]).replace('rel="canonical"', 'rel="me"')},
     [f"index.html: Its canonical address is no address, not {HERE}. {FRAME}"]),
    ({"programmes/old/index.html": page("programmes/old/", '<a href="../a/">A</a>', GONE, mark="")},
     [f"programmes/old/index.html: Its canonical address is {HERE}programmes/old/, not {HERE}programmes/a/. {FRAME}"]),
    ({"programmes/old/index.html": page("programmes/a/", "x", GONE.replace("../a/", "../b/"), mark="")},
     [f"programmes/old/index.html: The link to ../b/ leads nowhere. {MEND}"]),
    ({HOME: str(SITE[HOME]).replace(f'content="{HERE}"', f'content="{HERE}x"')},
     [f"index.html: It tells other sites {HERE}x (og:url), not {HERE}. {FRAME}",
      f"index.html: There is nothing at {HERE}x, which it names. {MEND}"]),
    ({HOME: str(SITE[HOME]).replace(' lang="en"', ""),
      "pagefind/pagefind-entry.json": '{"languages": {"": {"page_count": 1}, "en": {"page_count": 1}}}'},
     ["index.html: It does not say its language. Give its html element the attribute lang."]),
    # weight
    ({HOME: str(SITE[HOME]).replace("</article>", f"<!--{'x' * PAGE}--></article>")},
     ["index.html: Its HTML has 400 KiB, and 400 KiB is the most. Part the page."]),
    (home('<img src="big.png">') | {"big.png": b"\x89PNG\r\n\x1a\n" + bytes(VIEW)},
     ["index.html: Its first view takes 150 KiB, and 150 KiB is the most. Part the page, or make lighter what it "
      "loads."]),
    (home('<img loading="lazy" src="big.png">') | {"big.png": b"\x89PNG\r\n\x1a\n" + bytes(VIEW)}, []),
    # data
    ({"api/v1/a.json": '{"a": 1, "a": 2}'}, [f"api/v1/a.json: It is no JSON: the name 'a' stands twice. {DATA}"]),
    ({"api/v1/a.json": "[NaN]"}, [f"api/v1/a.json: It is no JSON: NaN is no number of JSON. {DATA}"]),
    ({"api/v1/a.json": "[1"},
     [f"api/v1/a.json: It is no JSON: Expecting ',' delimiter: line 1 column 3 (char 2). {DATA}"]),
    ({"api/v1/a.ndjson": '{}\n{"a"}\n'},
     [f"api/v1/a.ndjson: It is no NDJSON: line 2: Expecting ':' delimiter: line 1 column 5 (char 4). {DATA}"]),
    ({"api/v1/a.ndjson": "{}"}, [f"api/v1/a.ndjson: It is no NDJSON: its last line has no end. {DATA}"]),
    ({"feed.atom": "<feed><entry></feed>"},
     ["feed.atom: It is no ATOM: Opening and ending tag mismatch: entry line 1 and feed, line 1, column 21 (<string>, "
      f"line 1). {DATA}"]),
    ({"feed.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, [f"feed.xml: It is no XML: it has a DOCTYPE. {DATA}"]),
    ({"api/v1/a.csv": "a,b\r\n1\r\n"}, [f"api/v1/a.csv: It is no CSV: row 2 has 1 cells, its header 2. {DATA}"]),
    ({"api/v1/a.csv": "a,a\r\n"},
     [f"api/v1/a.csv: It is no CSV: its header names a column twice or not at all. {DATA}"]),
    ({"api/v1/a.csv": b"a\r\n\xff\r\n"},
     ["api/v1/a.csv: It is no CSV: 'utf-8' codec can't decode byte 0xff in position 3: invalid start byte. " + DATA]),
    ({"api/v1/a.sqlite": b"SQLite format 3\0rest"},
     [f"api/v1/a.sqlite: It is no SQLite database: file is not a database. {DATA}"]),
    ({"api/v1/a.sqlite": database("CREATE TABLE a (b PRIMARY KEY); CREATE TABLE c (d REFERENCES a (b)); "
                                  "INSERT INTO c VALUES (1);")},
     ["api/v1/a.sqlite: It is no SQLite database: a row of c refers to a row of a that is not there. " + DATA]),
    ({"a.xlsx": b"PK"}, [f"a.xlsx: It is no workbook: File is not a zip file. {DATA}"]),
    ({"a.png": b"x"}, [f"a.png: It is no PNG: it does not begin as one. {DATA}"]),
    ({"a.cff": "a: [b\n"}, [f"a.cff: It is no CITATION.cff: line 2: did not find expected ',' or ']'. {DATA}"]),
    ({"cite.bib": "@misc{a,\n}\n@misc{a,\n}\n"}, [f"cite.bib: It is no BibTeX: the key 'a' stands twice. {DATA}"]),
    ({"cite.bib": "@misc{a,\n title = {A\n}\n"}, [f"cite.bib: It is no BibTeX: a brace is not closed. {DATA}"]),
    ({"cite.bib": "A"}, [f"cite.bib: It is no BibTeX: it has no entry. {DATA}"]),
    ({"cite.ris": "TY  - GEN\r\nTI  - A\r\n"}, [f"cite.ris: It is no RIS: its last record does not end. {DATA}"]),
    ({"cite.ris": "TI  - A\r\n"}, [f"cite.ris: It is no RIS: line 1 stands outside of a record. {DATA}"]),
    ({"cite.ris": "TY  - GEN\r\nA\r\nER  - \r\n"}, [f"cite.ris: It is no RIS: line 2 has no tag. {DATA}"]),
    ({"a.txt": "\ufeffx"}, [f"a.txt: It is no text: it has a byte order mark. {DATA}"]),
    ({"a.txt": ""}, ["a.txt: It is empty. Leave it out, or fill it."]),
    ({"programmes/a/card.html": b"<html><body>\xff</body></html>"},
     ["programmes/a/card.html: It cannot be read: 'utf-8' codec can't decode byte 0xff in position 12: invalid "
      f"start byte. {DATA}"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "told"), ENDS, ids=lambda value: next(iter(value), "fine")[:60])
def test_a_site_that_is_broken_in_one_way_has_that_flaw_alone(
    tmp_path: Path, changes: dict[str, str | bytes | None], told: list[str]
) -> None:
    assert flaws(tmp_path, changes) == told


EN, ES = ("en", f"{HERE}"), ("es", f"{HERE}es/")
SEARCHED = {
    "pagefind/fragment/3.pf_fragment": fragment("es/"),
    "pagefind/pagefind-entry.json": '{"languages": {"en": {"page_count": 2}, "es": {"page_count": 1}}}',
    "sitemap.xml": str(SITE["sitemap.xml"]).replace("<url>", f"<url><loc>{HERE}es/</loc></url><url>", 1),
}


@pytest.mark.parametrize(
    ("english", "spanish", "told"),
    [
        ((EN, ES, ("x-default", HERE)), (EN, ES, ("x-default", HERE)), []),
        ((EN, ES), (EN,), [
            f"es/index.html: Its list of languages does not name itself as 'es'. {FRAME}",
            f"es/index.html: index.html names other forms in other languages than this page. {FRAME}",
            f"index.html: es/index.html names other forms in other languages than this page. {FRAME}"]),
        ((EN, ("es", f"{HERE}programmes/a/")), (), [
            f"index.html: programmes/a/index.html is told to be in 'es' and is in 'en'. {FRAME}"]),
        ((EN, ("fr", f"{HERE}fr/")), (), [
            f"index.html: Its form in the language 'fr' is not there. {FRAME}",
            f"index.html: The link to {HERE}fr/ leads nowhere. {MEND}",
            f"index.html: There is nothing at {HERE}fr/, which it names. {MEND}"]),
        ((EN, ("x-default", f"{HERE}es/")), (), [
            f"index.html: Its form for all other languages is none of those that it names. {FRAME}"]),
    ],
)  # fmt: skip
def test_forms_in_other_languages_name_one_another(
    tmp_path: Path, english: tuple[tuple[str, str], ...], spanish: tuple[tuple[str, str], ...], told: list[str]
) -> None:
    other = page("es/", "x", forms(*spanish)).replace('lang="en"', 'lang="es"', 1)
    assert flaws(tmp_path, {**SEARCHED, **home("", forms(*english)), "es/index.html": other}) == told


# -- formats read by cheap means


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TURTLE, ""),
        ("x:a a x:B .", "line 1: nothing declares the prefix 'x'"),
        ("<a> <b> <c>", "its last statement does not end"),
        ("<a> <b> ( <c> .", "its last statement does not end"),
        ("<a> <b> <c> ) .", "line 1: ')' closes nothing"),
        ('<a> <b> "c\n" .', "line 1: '\"c' is no sign of it"),
        ("<a b> <b> <c> .", "line 1: '<a b> <b> <c> .' is no sign of it"),
        ("<a>\n<b> {} .", "line 2: '{} .' is no sign of it"),
    ],
)
def test_turtle_is_read(text: str, why: str) -> None:
    assert turtle.fault_in(text.encode()) == why


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("", "", ""),
        ("\r\n", "\n", "its lines do not end in CR LF"),
        ("SUMMARY:A", "SUMMARY:" + "é" * 40, "line 8 has 101 octets, and 75 is the most"),
        ("UID:1@x\r\n", "", "a VEVENT has no UID"),
        ("VERSION:2.0\r\n", "", "a VCALENDAR has no VERSION"),
        ("END:VEVENT\r\n", "", "VEVENT is closed by VCALENDAR"),
        ("END:VCALENDAR\r\n", "", "it does not end with END:VCALENDAR"),
        ("BEGIN:VCALENDAR\r\n", "", "VERSION stands outside of a calendar"),
        (":20270101", ":2027-01-01", "DTSTART is '2027-01-01', which is no day"),
        ("SUMMARY:", "SUMMARY ", "'SUMMARY A: summit\\, in two lines' is no property"),
        ("END:VEVENT\r\n", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:1@x\r\n", "the UID '1@x' stands twice"),
    ],
)
def test_a_calendar_is_read(old: str, new: str, why: str) -> None:
    assert calendar.fault_in(CALENDAR.replace(old, new, 1 if old != "\r\n" else -1).encode()) == why


def test_an_address_in_a_calendar_is_read_over_the_end_of_its_line(tmp_path: Path) -> None:
    folded = CALENDAR.replace("SUMMARY:A", f"URL:{HERE}programmes/\r\n {{}}/\r\nSUMMARY:A")
    assert flaws(tmp_path, {"calendars/a.ics": folded.format("a")}) == []
    (told,) = flaws(tmp_path, {"calendars/a.ics": folded.format("b")})
    assert told.startswith(f"calendars/a.ics: There is nothing at {HERE}programmes/b/, which it names.")


def test_every_format_has_a_name() -> None:
    assert set(NAMES) == set(FORMATS)


# -- the real site


def test_the_built_site_has_no_flaw(built: BuiltSite) -> None:
    assert [str(flaw) for flaw in verify(built.site, SITE_URL)] == []


def test_the_data_of_a_whole_build_is_read(tmp_path: Path) -> None:
    """All files of a small catalogue: what the site of the other tests lacks is in it too."""
    from generator.verification.data import broken_data
    from generator.write import write

    write(whole_tree_of(base_files()), tmp_path)
    assert list(broken_data(read_output(tmp_path))) == []


def test_flaws_are_sorted_and_told_once() -> None:
    assert sorted({Flaw("b", "x.", ""), Flaw("a", "y.", "z."), Flaw("b", "x.", "")}) == [
        Flaw("a", "y.", "z."), Flaw("b", "x.", "")
    ]  # fmt: skip
    assert str(Flaw("b", "x.", "")) == "b: x."
