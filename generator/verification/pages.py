"""A built page as values: where it leads, what it loads, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

FOLLOWED = {"a": "href", "area": "href", "form": "action"}
"""Elements that lead a reader on, and the attribute that says where."""
LOADED = {
    **dict.fromkeys(("script", "img", "iframe", "source", "embed", "audio", "video", "track", "input"), "src"),
    "object": "data",
    "image": "href",
    "use": "href",
}
"""Elements for which a browser fetches something by itself."""
NO_LOAD = frozenset("canonical alternate author license help next prev search me describedby describes type".split())
"""Relations of a `link` for which nothing is fetched (HTML, section 4.6.7)."""


@dataclass(frozen=True)
class Page:
    """A page of the site. Addresses stand as they are written there."""

    file: str
    size: int
    """Bytes."""
    language: str
    canonical: str
    told_as: str
    """The address that other sites are told (`og:url`)."""
    leads_to: str
    """Where the page sends its reader by itself."""
    is_hidden: bool
    """Whether search engines are asked to leave it out."""
    is_searched: bool
    """Whether its text is marked for our own search."""
    languages: tuple[tuple[str, str], ...]
    """Language and address of each form in another language, in order."""
    links: tuple[str, ...]
    listed: frozenset[str]
    """Those links that stand in the text of the page, outside of its frame."""
    loads: tuple[str, ...]
    late: frozenset[str]
    """Those of them that a browser fetches only when they come into view (`loading="lazy"`)."""
    inline: tuple[str, ...]
    """CSS that stands in the page itself."""
    ids: tuple[str, ...]
    policy: str
    """Its Content Security Policy; several, joined by « and »."""
    code: tuple[str, ...]
    """Code that stands in the page itself: scripts, handlers of events, addresses that are scripts."""
    sections: frozenset[str]
    """The ids of the heads of its sections."""
    is_prose: bool
    """Whether its text is written by hand."""

    @property
    def address(self) -> str:
        """Below the site's address: `programmes/urbelac/`, and nothing for the home page."""
        return self.file.removesuffix("index.html")


def page_of(file: str, data: bytes) -> Page:
    """Read a page. Raises `ValueError` for bytes that are no page in UTF-8."""
    data.decode()
    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True))
    if root is None or root.find("body") is None:
        raise ValueError("it has no body")
    metas = {_key(meta): meta.get("content", "") for meta in root.iter("meta")}
    links = [(link.get("rel", "").lower().split(), link) for link in root.iter("link")]
    heads = [link.get("href", "") for relations, link in links if "canonical" in relations]
    alternates = [link for relations, link in links if "alternate" in relations]
    return Page(
        file=file,
        size=len(data),
        language=root.get("lang", ""),
        canonical=heads[0] if len(heads) == 1 else " and ".join(heads),
        told_as=metas.get("og:url", ""),
        leads_to=metas.get("refresh", "").partition("url=")[2].strip(),
        is_hidden="noindex" in metas.get("robots", ""),
        is_searched=bool(root.xpath("//*[@data-pagefind-body]")),
        languages=tuple((each.get("hreflang"), each.get("href", "")) for each in alternates if each.get("hreflang")),
        links=(*_followed(root), *(each.get("href", "") for each in alternates)),
        listed=frozenset(a.get("href", "") for article in root.iter("article") for a in article.iter("a")),
        loads=tuple(_loaded(root, links)),
        late=frozenset(img.get("src", "") for img in root.iter("img", "iframe") if img.get("loading") == "lazy"),
        inline=(*(each.text or "" for each in root.iter("style")), *root.xpath("//@style")),
        ids=tuple(root.xpath("//@id")),
        policy=" and ".join(root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")),
        code=tuple(_code(root)),
        sections=frozenset(head.get("id", "") for head in root.iter("h2")),
        is_prose=any("prose" in article.get("class", "").split() for article in root.iter("article")),
    )


RUNS = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
"""How an address begins that a browser might run, without what it passes over (URL Standard, section 4.4)."""
PASSED_OVER = re.compile(r"^[\x00-\x20]+|[\t\n\r]")


def _code(root: etree._Element) -> Iterator[str]:
    """Data in a script element is not run (HTML, section 4.12.1)."""
    for script in root.iter("script"):
        if not script.get("src") and "json" not in script.get("type", ""):
            yield (script.text or "")[:40]
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if name.startswith("on") or (name in ADDRESSES and RUNS.match(PASSED_OVER.sub("", value))):
                yield f"{name}={value[:40]}"


ADDRESSES = frozenset(("href", "src", "action", "formaction", "data", "xlink:href", "srcdoc"))


def _key(meta: etree._Element) -> str:
    return (meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").lower()


def _followed(root: etree._Element) -> Iterator[str]:
    for element in root.iter(*FOLLOWED):
        target = element.get(FOLLOWED[element.tag], element.get("xlink:href"))
        if target is not None:
            yield target


def _loaded(root: etree._Element, links: list[tuple[list[str], etree._Element]]) -> Iterator[str]:
    for element in root.iter(*LOADED):
        name = LOADED[element.tag]
        target = element.get(name, element.get("xlink:href"))
        if target is not None:
            yield target
        yield from _of_set(element.get("srcset", ""))
        if element.get("poster"):
            yield element.get("poster", "")
    yield from (link.get("href", "") for relations, link in links if not NO_LOAD.intersection(relations))


def _of_set(text: str) -> Iterator[str]:
    """The addresses of a `srcset`, each before a blank and its width or density (HTML, section 4.8.4.2.1)."""
    yield from (each.split()[0] for each in re.split(r",\s+", text) if each.strip())
