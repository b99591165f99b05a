"""A small site, whole in every respect: what tests of the built site break in one way or another."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

HERE = "https://x.org/cat/"
Files = Mapping[str, str | bytes]


def page(address: str, body: str, head: str = "", mark: str = " data-pagefind-body") -> str:
    return (
        f'<!doctype html><html lang="en"><head><link rel="canonical" href="{HERE}{address}">'
        f'<meta property="og:url" content="{HERE}{address}">{head}</head><body>'
        f'<article id="main"{mark}>{body}</article></body></html>'
    )


def fragment(address: str) -> bytes:
    return gzip.compress(b"pagefind_dcd" + json.dumps({"url": f"/{address}"}).encode())


def database(script: str = "CREATE TABLE a (b);") -> bytes:
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(script)
        return made.serialize()


GONE = '<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url=../a/">'
MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
ADDRESSES = ("", "programmes/", "programmes/a/", "search/")
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTAMP:20261123T000000Z\r\n"
    "DTSTART;VALUE=DATE:20270101\r\nSUMMARY:A: summit\\, in\r\n  two lines\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
TURTLE = (
    '@prefix x: <https://x.org/ns#> .\n# a comment\nx:a a x:B ; x:c "text \\" and"@en-GB, """long "one\n"""^^x:d ;\n'
    "  x:e ( 1 2.5 true ) , [ x:f <#y> ] .\n_:b1 x:g.h x:i .\n"
)
SITE: Files = {
    "index.html": page("", '<h1 id="top-of-all">A</h1><a href="programmes/">P</a><a href="https://y.org/">out</a>'),
    "programmes/index.html": page("programmes/", '<a href="a/#note">A</a><a href="../#top-of-all">up</a>', mark=""),
    "programmes/a/index.html": page("programmes/a/", '<p id="note">N</p><img src="../../assets/icon.svg">'),
    "programmes/old/index.html": page("programmes/a/", '<a href="../a/">A</a>', GONE, mark=""),
    "programmes/a/card.html": '<!doctype html><html lang="en"><body><a href="https://x.org/cat/programmes/a/">A</a>',
    "search/index.html": page("search/", '<form action="../search/"></form>', mark=""),
    "404.html": page("", '<a href="/cat/programmes/a/#note">A</a><img src="/cat/assets/icon.svg">', mark=""),
    "assets/a.css": "/* url(nowhere) */ p { background: url('icon.svg') } q { fill: url(#g) url(data:image/png;x) }",
    "assets/a.js": 'import { b } from "./b.js";\n',
    "assets/b.js": "export const b = 1;\n",
    "assets/icon.svg": '<svg xmlns="http://www.w3.org/2000/svg"><a href="https://y.org/"><path d=""/></a></svg>',
    "assets/data/names.json": json.dumps({"programmes": {"kind": "programme", "records": {"a": ["A"]}}}),
    "assets/data/former.json": json.dumps({"redirects": {"programmes/old/": "programmes/a/"}, "retired": []}),
    "sitemap.xml": MAP.format("".join(f"<url><loc>{HERE}{address}</loc></url>" for address in ADDRESSES)),
    "pagefind/pagefind-entry.json": '{"languages": {"en": {"page_count": 2}}}',
    "pagefind/fragment/1.pf_fragment": fragment(""),
    "pagefind/fragment/2.pf_fragment": fragment("programmes/a/"),
    "api/v1/datapackage.json": '{"resources": [{"path": "a.csv"}]}',
    "api/v1/a.csv": 'a,b\r\n1,"2\r\n3"\r\n',
    "api/v1/a.ttl": TURTLE,
    "api/v1/a.sqlite": database(),
    "api/v1/a.ndjson": '{"a": 1}\n{"a": 2}\n',
    "calendars/a.ics": CALENDAR,
    "llms.txt": f"Read {HERE}programmes/a/#note, or {HERE}programmes/.\n",
    "cite.bib": "@misc{a,\n title = {A {B} \\{}\n}\n",
    "cite.ris": "TY  - GEN\r\nTI  - A\r\nER  - \r\n",
}  # fmt: skip


def write_site(folder: Path, changes: Mapping[str, str | bytes | None]) -> Path:
    """The small site with other files in it, or without those that are None."""
    for name, data in {**SITE, **changes}.items():
        if data is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def home(body: str, head: str = "") -> dict[str, str]:
    """The home page with more in its text or its head."""
    page = str(SITE["index.html"])
    return {"index.html": page.replace("</article>", f"{body}</article>").replace("</head>", f"{head}</head>")}
