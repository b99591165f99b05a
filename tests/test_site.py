"""The built site: nothing dead, nothing empty, nothing foreign, nothing inline, and the same bytes every time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from conftest import TODAY, base_files, tree_of
from site_fixture import BELOW, CONFIG, ROOT, SITE_URL, BuiltSite, Element, build_site, page_at, parse

from generator.kinds import KINDS
from generator.model.kind import Kind
from generator.render import front_matter
from generator.render.place import PagePlace
from generator.site import SiteError, make_pages, site_of
from generator.write import write

HOSTILE = '</title><script>alert("1")</script>\'"><img src=x onerror=alert(2)> & {{ config.site_name }}'
BY_NAME = {kind.name: kind for kind in KINDS}


# -- every link leads somewhere


def test_the_strict_build_of_the_real_content_ends_without_a_warning(built: BuiltSite) -> None:
    assert (built.site / "index.html").is_file()


@pytest.mark.parametrize(
    ("planted", "words"),
    [
        ("[x](nowhere.md)", "nowhere.md"),
        ("[x](../countries/index.md#nowhere)", "nowhere"),
        ("[x](#nowhere)", "nowhere"),
        ("[x](/programmes/)", "/programmes/"),
    ],
    ids=["page", "anchor", "own anchor", "absolute"],
)
def test_a_dead_link_in_markdown_stops_the_build(tmp_path: Path, planted: str, words: str) -> None:
    tree = dict(tree_of(base_files()))
    tree["themes/index.md"] += f"\n{planted}\n"
    write(tree, tmp_path / "docs")
    with pytest.raises(SiteError, match=re.escape(words)):
        make_pages(CONFIG, tmp_path / "docs", tmp_path / "site")


def test_a_page_that_is_neither_in_nav_nor_known_stops_the_build(tmp_path: Path) -> None:
    write({**tree_of(base_files()), "stray/index.md": "# Stray\n"}, tmp_path / "docs")
    with pytest.raises(SiteError, match=r"stray/index\.md"):
        make_pages(CONFIG, tmp_path / "docs", tmp_path / "site")


def test_no_address_starts_at_the_root_of_the_host(built: BuiltSite) -> None:
    """The site may stand in any folder. Only the 404 page, which answers for any address, names its place."""
    for name, page in built.pages().items():
        if name != "404.html":
            assert [address for address in _addresses(page) if address.startswith("/")] == [], name


def test_every_address_on_the_page_for_missing_ones_is_whole_and_leads_somewhere(built: BuiltSite) -> None:
    for address in _addresses(page_at(built.site / "404.html")):
        if not address.startswith(("#", site_of(CONFIG).repository)):
            path = urlsplit(urljoin(SITE_URL, address)).path
            assert address.startswith(BELOW), address
            file = built.site / path.removeprefix(BELOW)
            assert (file / "index.html" if path.endswith("/") else file).is_file(), address


def _addresses(page: Element) -> Iterator[str]:
    for element in page.all():
        if element.attributes.get("rel") != "canonical":
            yield from (value for key, value in element.attributes.items() if key in ("href", "src", "action"))


# -- every record is there and can be reached


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_record_has_a_page_under_its_own_name(built: BuiltSite, kind: Kind) -> None:
    for id, path in built.paths(kind).items():
        page = built.page(PagePlace(path).address)
        heads = [head.text for head in page.all("h1")]
        assert len(heads) == 1, path
        assert heads[0] == _title(built, kind, id), path


def _title(built: BuiltSite, kind: Kind, id: str) -> str:
    record = built.catalogue.find(kind.name, id)
    assert record is not None
    return " ".join(str(record.labels.en if kind.name == "theme" else record.title).split())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_record_is_linked_from_its_listing(built: BuiltSite, kind: Kind) -> None:
    listing = built.listing(kind)
    linked = set(_links(built.page(listing), listing))
    wanted = {PagePlace(path).address for id, path in built.paths(kind).items() if id not in ("index", "about/index")}
    assert wanted <= linked, sorted(wanted - linked)


def _links(page: Element, address: str) -> Iterator[str]:
    """The addresses, below the site's folder, that the text of a page links to."""
    for article in page.all("article"):
        for link in article.all("a"):
            yield urljoin(f"/{address}", link.attributes.get("href", "")).partition("#")[0].removeprefix("/")


def test_the_site_map_names_every_page_and_no_other(built: BuiltSite) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {each.text for each in ElementTree.parse(built.site / "sitemap.xml").iterfind("s:url/s:loc", space)}
    pages = {name.removesuffix("index.html") for name in built.pages() if name != "404.html"}
    assert found == {SITE_URL + page for page in pages}


def test_every_page_but_lists_of_others_is_in_the_search_index(built: BuiltSite) -> None:
    lists = {built.listing(kind) for kind in KINDS if kind.name != "page"}
    lists |= {"codes/", "search/", "bibliography/", "state/", "statistics/", "compare/", "timeline/"}
    lists |= {name.removesuffix("index.html") for name in built.pages() if "/status/" in name}
    indexed = set(built.pages()) - {f"{address}index.html" for address in lists} - {"404.html"}
    marked = {n for n, page in built.pages().items() if any("data-pagefind-body" in e.attributes for e in page.all())}
    assert marked == indexed
    index = json.loads((built.site / "pagefind" / "pagefind-entry.json").read_text(encoding="utf-8"))
    assert index["languages"]["en"]["page_count"] == len(indexed)


# -- nothing is empty or raw

QUOTED = ("code", "samp")
"""Elements in which the pages of the codes quote what somebody may write, and what the check then says; on the page of
the data they hold the examples."""


def test_no_page_shows_a_word_of_the_machine(built: BuiltSite) -> None:
    for name, page in built.pages().items():
        for text in page.texts(but=QUOTED if name.startswith(("codes/", "data/")) else ()):
            if text.startswith("<iframe src="):  # to copy, for another site
                continue
            assert not re.search(
                r"\b(None|Undefined|NaN|nan|null)\b|\{\{|\}\}|<[a-z]+ ?[^>]*>|Vocabulary|Markup\(", text
            ), (
                name,
                text,
            )


def test_no_heading_value_or_cell_of_a_head_is_empty(built: BuiltSite) -> None:
    """A `dd` says something; so do headings, table heads, links and buttons."""
    for name, page in built.pages().items():
        for element in page.all("h1", "h2", "h3", "dt", "dd", "th", "a", "button", "title", "summary", "caption"):
            assert element.text, (name, element.tag, element.attributes)


def test_no_section_list_or_table_is_empty(built: BuiltSite) -> None:
    for name, page in built.pages().items():
        for article in page.all("article"):
            assert not list(_empty_sections(article)), name
        for element in page.all("ul", "ol", "dl", "tbody"):
            if not element.attributes.get("id", "").startswith("search-") and not _in_search(name):
                assert element.elements, (name, element.tag, element.attributes)


def _in_search(name: str) -> bool:
    """The search page has lists that its script fills."""
    return name == "search/index.html"


def _empty_sections(article: Element) -> Iterator[str]:
    """Headings with nothing between them and the next of the same or a higher level, or the end."""
    last: Element | None = None
    filled = False
    for kind, value in [*_stream(article), ("head", Element("h1", {}))]:
        if kind == "text":
            filled = True
            continue
        assert isinstance(value, Element)
        if last and not filled and value.tag <= last.tag:
            yield last.text
        last, filled = value, False


def _stream(element: Element) -> Iterator[tuple[str, Element | str]]:
    """Headings and texts in the order of reading."""
    for part in element.parts:
        if isinstance(part, str):
            if part.strip():
                yield "text", part
        elif re.fullmatch("h[1-6]", part.tag):
            yield "head", part
        elif part.tag in ("input", "svg"):
            yield "text", part.tag
        elif part.tag not in ("script", "style"):
            yield from _stream(part)


def test_an_empty_section_would_be_found() -> None:
    assert list(_empty_sections(parse("<article><h1>A</h1><h2>B</h2><h2>C</h2><p>x</p></article>"))) == ["B"]
    assert list(_empty_sections(parse("<article><h1>A</h1><h2>B</h2><h3>C</h3><p>x</p><h2>D</h2></article>"))) == ["D"]


def test_headings_go_down_by_one_level(built: BuiltSite) -> None:
    for name, page in built.pages().items():
        levels = [int(head.tag[1]) for head in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, name
        assert all(b - a <= 1 for a, b in pairwise(levels)), (name, levels)


def test_no_record_is_named_by_its_id(built: BuiltSite) -> None:
    """Links say names; an id such as «eu-cuba-pdca» stands nowhere as a word of its own."""
    titles = {(kind.name, id): _title(built, kind, id) for kind in KINDS for id in built.paths(kind)}
    ids = {id for (kind, id), title in titles.items() if "-" in id and kind != "page" and title != id}
    by_address = {
        PagePlace(path).address: (id, titles[kind.name, id]) for kind in KINDS for id, path in built.paths(kind).items()
    }
    prose = {PagePlace(path).address for path in built.paths(BY_NAME["page"]).values()}
    for name, page in built.pages().items():
        address = name.removesuffix("index.html")
        for text in page.texts(but=QUOTED):
            words = {word.strip("«»()[],;:.") for word in text.split()}
            assert not words & ids, (name, text)
        for link in page.all("a") if address not in prose else ():
            target = urljoin(f"/{address}", link.attributes.get("href", "")).partition("#")[0].removeprefix("/")
            id, title = by_address.get(target, ("", ""))
            assert not link.text == id != title, (name, link.text)


# -- nothing runs or loads that should not


def test_pages_carry_no_inline_script_style_or_handler(built: BuiltSite) -> None:
    for name, page in built.pages().items():
        assert list(_inline(page)) == [], name


def _inline(page: Element) -> Iterator[str]:
    for element in page.all():
        is_data = element.attributes.get("type") == "application/ld+json"  # nothing runs it
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attributes and not is_data):
            yield element.tag
        for key, value in element.attributes.items():
            if key == "style" or key.startswith("on") or value.strip().lower().startswith(("javascript:", "data:text")):
                yield f"{element.tag} {key}={value}"


@pytest.mark.parametrize(
    "planted",
    ["<script>x</script>", '<p style="color:red">x</p>', '<p onclick="x">x</p>', "<style>p{}</style>",
     '<a href="JavaScript:x">x</a>'],
)  # fmt: skip
def test_inline_code_would_be_found(planted: str) -> None:
    assert len(list(_inline(parse(planted)))) == 1


def test_every_page_carries_the_policy_that_forbids_inline_code(built: BuiltSite) -> None:
    for name, page in built.pages().items():
        head = next(page.all("head"))
        policies = [e for e in head.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1, name
        rules = dict(rule.strip().split(" ", 1) for rule in policies[0].attributes["content"].split(";"))
        assert rules["default-src"] == rules["base-uri"] == rules["object-src"] == "'none'", name
        assert {rules[of] for of in ("style-src", "img-src", "font-src", "connect-src", "form-action")} == {"'self'"}
        assert "unsafe-inline" not in " ".join(rules.values()), name
        loads = [e for e in head.elements if e.tag in ("script", "link")]
        assert head.elements.index(policies[0]) < min(map(head.elements.index, loads)), name


def test_every_page_has_a_title_a_description_and_a_language(built: BuiltSite) -> None:
    titles: dict[tuple[str, str], str] = {}
    for name, page in built.pages().items():
        assert next(page.all("html")).attributes["lang"] == "en"
        described = [e.attributes for e in page.all("meta") if e.attributes.get("name") == "description"]
        assert len(described) == 1, name
        assert described[0]["content"].strip(), name
        section, title = name.partition("/")[0], next(page.all("title")).text
        assert titles.setdefault((section, title), name) == name, f"{title}: {name}, {titles[section, title]}"


def test_hostile_names_reach_no_page_as_markup(tmp_path: Path, site_address: str) -> None:
    """Front matter reaches the theme unescaped; text reaches Markdown. Both show what was typed."""
    hostile = json.dumps(HOSTILE)
    files = {
        **base_files(),
        "programmes/hostile.yml": f"id: hostile\nname: {hostile}\nacronym: {hostile}\nsummary: A plain sentence.\n",
        "pages/about/hostile.md": f"---\ntitle: {hostile}\ndescription: {hostile}\n---\n\nA plain sentence.\n",
    }
    site = build_site(tree_of(files), tmp_path, search=False)
    for address in ("programmes/hostile", "about/hostile"):
        page = page_at(site / address / "index.html")
        assert next(page.all("h1")).text == HOSTILE
        assert next(page.all("title")).text.startswith(HOSTILE)
    described = [e for e in page.all("meta") if e.attributes.get("name") == "description"]
    assert described[0].attributes["content"] == HOSTILE
    for path in site.rglob("*.html"):
        assert list(_inline(page_at(path))) == [], path
        assert not list(page_at(path).all("img")), path


@pytest.mark.parametrize("key", ["title", "description"])
def test_front_matter_is_escaped_for_the_theme(key: str) -> None:
    block = str(front_matter({key: f"a\n---\n{HOSTILE}", "search": False, "script": None}))
    assert not set(block) & set("<>'")
    first, line, *rest = block.splitlines()
    assert (first, rest) == ("---", ["search: false", "---"])
    assert line.startswith(f'{key}: "a --- &lt;')


# -- the same input gives the same bytes


def test_a_second_write_of_the_same_tree_writes_nothing(built: BuiltSite) -> None:
    before = _times(built.docs)
    done = write(built.tree, built.docs)
    assert (done.written, done.deleted, done.kept) == (0, 0, len(built.tree))
    assert _times(built.docs) == before


def _times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_two_runs_of_generate_in_two_places_give_the_same_bytes(tmp_path: Path, built: BuiltSite) -> None:
    """Also with another order of hashes, another language and another time zone."""
    first = _generate(tmp_path / "first", PYTHONHASHSEED="1", TZ="UTC", LANG="C.UTF-8")
    second = _generate(tmp_path / "second", PYTHONHASHSEED="2", TZ="Pacific/Auckland", LANG="tr_TR.UTF-8", LC_ALL="C")
    assert _bytes(first) == _bytes(second) == _bytes(built.docs)


def test_a_second_run_of_generate_writes_nothing(tmp_path: Path) -> None:
    docs = _generate(tmp_path)
    before = _times(docs)
    _generate(tmp_path)
    assert _times(docs) == before


def _generate(folder: Path, **environment: str) -> Path:
    """Run `catalogue generate` on the real content in a folder of its own."""
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "generator", "--content", str(ROOT / "content"), "--config", str(CONFIG)]
    done = subprocess.run(
        [*command, "--today", TODAY.isoformat(), "generate"],
        cwd=folder,
        env={**os.environ, "SITE_URL": SITE_URL, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "build" / "docs"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_of_the_site_give_the_same_bytes(tmp_path: Path, site_address: str) -> None:
    """Search and drawings too; `make reproduce` does it on the real content, as if on two machines."""
    tree = tree_of(base_files())
    first, second = (_bytes(build_site(tree, tmp_path / name)) for name in ("first", "second"))
    assert first == second
