"""What a host is to send along with our files: for hosts that read `_headers` (Netlify, Cloudflare Pages), and nginx.

Each page carries its Content Security Policy itself, since hosts such as GitHub Pages send no header of ours. Headers
add what only they can say: who may show a page in a frame, that a file is what its type says, how long it may be kept.
The policy sent is read from the built pages, so the two cannot drift apart. It must allow what any page allows, the
search page's WebAssembly too: a header reaches scripts and workers of all files, and a browser keeps to both.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.charts.embed import STYLE

FRAMED = "card.html"
"""The name of the pages that are made for frames on other sites."""
FRAMES = "frame-ancestors 'self'"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}
"""For all files; the last two let other sites show our cards and read our data, which anyone may."""
FOREVER = "public, max-age=31536000, immutable"
HASHED = ("assets/javascripts/", "assets/stylesheets/", "pagefind/filter/", "pagefind/fragment/", "pagefind/index/")
"""Folders of files whose name changes with their content, but for source maps and lunr's, which no page asks for."""
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "cff": "application/yaml",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "ics": "text/calendar; charset=utf-8",
    "jsonld": "application/ld+json",
    "ndjson": "application/x-ndjson",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "ris": "application/x-research-info-systems",
    "sqlite": "application/vnd.sqlite3",
    "ttl": "text/turtle; charset=utf-8",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Types (IANA, where registered) that hosts do not all know, by ending."""

KNOWN_TO_NGINX = ("atom", "webp", "woff2", "xlsx")


class HostingError(ValueError):
    """The built pages contradict one another."""


@dataclass(frozen=True)
class Rule:
    """Headers for the paths that fit a pattern: `:name` is one part of a path, `*` any rest of it."""

    pattern: str
    headers: tuple[tuple[str, str], ...]


def header_policy(policies: Iterable[str], styles: Iterable[str] = (STYLE,)) -> str:
    """One policy that allows what any of the pages' policies allows, and these style sheets inside of drawings.

    Raises `HostingError` where a page's policy lacks a directive that another has: to leave it out would allow all.
    """
    joined: dict[str, dict[str, None]] = {}
    distinct = [parsed(policy) for policy in sorted(set(policies))]
    for each in distinct:
        if each.keys() != distinct[0].keys():
            raise HostingError(f"Pages disagree on {', '.join(sorted(each.keys() ^ distinct[0].keys()))}.")
        for directive, sources in each.items():
            joined.setdefault(directive, {}).update(dict.fromkeys(sources))
    joined.setdefault("style-src", {}).update(dict.fromkeys(map(hash_of, styles)))
    return "; ".join(" ".join((directive, *sources)) for directive, sources in joined.items())


def parsed(policy: str) -> dict[str, tuple[str, ...]]:
    """The directives of a policy with their sources (CSP Level 3, section 2.2)."""
    rules = (rule.split() for rule in policy.split(";"))
    return {name: tuple(sources) for name, *sources in filter(None, rules)}


def hash_of(text: str) -> str:
    """The source by which a policy allows just this text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def rules_of(files: Iterable[str], policy: str) -> tuple[Rule, ...]:
    """What to send for these files, paths below the site's folder. All rules that fit a path count."""
    files = sorted(files)
    pages = (path.removesuffix("/index.html") for path in files if path.endswith("/index.html"))
    cards = (path for path in files if path.endswith(f"/{FRAMED}"))
    endings = {path.rpartition(".")[2] for path in files}
    kept = (folder for folder in HASHED if any(path.startswith(folder) for path in files))
    return (
        Rule("/*", (("Content-Security-Policy", policy), *EVERYWHERE.items())),
        *(Rule(pattern, (("Content-Security-Policy", FRAMES),)) for pattern in _but_for_cards(pages, cards)),
        *(Rule(f"/{folder}*", (("Cache-Control", FOREVER),)) for folder in kept),
        *(Rule(f"/*.{ending}", (("Content-Type", TYPES[ending]),)) for ending in sorted(endings & set(TYPES))),
    )


def _but_for_cards(pages: Iterable[str], cards: Iterable[str]) -> list[str]:
    """Few patterns that fit the address of every page and of no card, though cards lie beside pages of records.

    A host joins what it sends by several rules, and browsers keep to each policy: none can be taken back for cards.
    Hosts do not all mind a slash at the end, so a pattern may not have as many parts as a card that begins like it.
    """
    taken = {(*card.split("/")[:known], len(card.split("/"))) for card in cards for known in range(card.count("/") + 1)}
    found = {"/", "/404.html"}
    for page in pages:
        parts = tuple(page.split("/"))
        known = next(number for number in range(len(parts) + 1) if (*parts[:number], len(parts)) not in taken)
        found.add("/" + "".join(f"{part}/" for part in (*parts[:known], *PARTS[: len(parts) - known])))
    return sorted(found)


PARTS = (":one", ":two", ":three", ":four", ":five", ":six")
"""Names for parts of a path: hosts want one for each, and do nothing with it here."""


# -- in the words of hosts


def as_headers(rules: Iterable[Rule]) -> str:
    """The file `_headers`, as Netlify and Cloudflare Pages read it from the folder that is published."""
    blocks = (f"{rule.pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in rule.headers) for rule in rules)
    return "# Written by the build: what Netlify and Cloudflare Pages are to send.\n" + "".join(blocks)


NGINX = """\
# Written by the build: the site on nginx, to be included inside http { }. Change the folder, and let certbot add TLS.
PATTERNS
server {
    listen 80;
    listen [::]:80;
    server_name HOST;
    root /var/www/catalogue;
    index index.html;
    absolute_redirect off;
    error_page 404 PREFIX/404.html;

    charset utf-8;
    charset_types text/plain text/css text/csv text/turtle text/calendar text/javascript application/javascript
                  application/json application/ld+json application/xml application/x-bibtex;
    default_type application/octet-stream;
    include mime.types;
    types {
        TYPES
    }
    gzip on;
    gzip_vary on;
    gzip_types text/plain text/css text/csv text/turtle text/calendar text/javascript application/javascript
               application/json application/ld+json application/geo+json application/xml application/atom+xml
               image/svg+xml;

    location = PREFIX/_headers { return 404; }

    SENT
}
"""


def as_nginx(rules: Iterable[Rule], host: str = "localhost", prefix: str = "") -> str:
    """Configuration of a server of nginx that sends the same. `prefix` is the path that the site lies below.

    A value that is empty is not sent. Nothing but the server adds headers: a `location` that did would drop these.
    """
    rules = tuple(rules)
    sent: dict[tuple[str, str], list[str]] = {}
    for rule in rules:
        for name, value in rule.headers:
            sent.setdefault((name, value), []).append(expression(rule.pattern, prefix))
    types = {value.partition(";")[0]: name for name, value in TYPES.items() if name not in KNOWN_TO_NGINX}
    headers = [pair for pair in sent if pair[0] != "Content-Type"]
    maps = (
        f"map $uri $catalogue_{number} {{\n"
        + "".join(f'    "~{pattern}" "{value}";\n' for pattern in sent[name, value])
        + "}\n"
        for number, (name, value) in enumerate(headers)
    )
    adds = (
        f"add_header {name} $catalogue_{number}{'' if name == 'Cache-Control' else ' always'};"
        for number, (name, _) in enumerate(headers)
    )
    filled = {
        "PATTERNS\n": "".join(maps),
        "HOST": host,
        "PREFIX": prefix,
        "TYPES": "\n        ".join(f"{sort} {ending};" for sort, ending in types.items()),
        "SENT": "\n    ".join(adds),
    }
    return re.sub("|".join(filled), lambda found: filled[found[0]], NGINX)


def expression(pattern: str, prefix: str = "") -> str:
    """A pattern as a regular expression over the path of a file or of a folder."""
    named = re.sub(r":[a-z]+|\*|[^:*]+", _part, pattern)
    return f"^{re.escape(prefix)}{named}" + ("(index[.]html)?$" if pattern.endswith("/") else "$")


def _part(found: re.Match[str]) -> str:
    text = found[0]
    return ".*" if text == "*" else "[^/]+" if text.startswith(":") else re.escape(text)
