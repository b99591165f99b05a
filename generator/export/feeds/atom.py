"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

from lxml import etree

from generator.export.feeds.entries import Entry
from generator.export.feeds.shapes import LICENCE, Feed, stamp

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"


def atom(feed: Feed, kept: dict[str, bytes]) -> bytes:
    """The bytes of the feed. `kept` are entries that were written before, by id, and takes the new ones."""
    root = etree.Element("feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
    _text(root, "id", feed.url(".atom"))
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", stamp(feed.updated))
    author = etree.SubElement(root, "author")
    _text(author, "name", feed.site)
    _text(author, "uri", feed.home)
    _link(root, "self", feed.url(".atom"), TYPE)
    _link(root, "alternate", feed.page, "text/html")
    _link(root, "alternate", feed.url(".json"), "application/feed+json")
    _link(root, "license", LICENCE[1])  # RFC 4946
    _text(root, "icon", f"{feed.home}assets/icon-48.png")
    _text(root, "rights", f"{feed.site}, {LICENCE[0]}, {LICENCE[1]}")
    head = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    kept.update({each.id: _entry(each, feed.home) for each in feed.entries if each.id not in kept})
    told = b"".join(b"\n" + kept[each.id] for each in feed.entries)
    return bytes(head.removesuffix(b"</feed>") + told + b"\n</feed>\n")


def _entry(entry: Entry, home: str) -> bytes:
    """One entry, without the name space that the feed declares."""
    made = etree.Element("entry")
    _text(made, "id", entry.id)
    _text(made, "title", entry.title)
    _text(made, "updated", stamp(entry.when))
    _text(made, "published", stamp(entry.when))
    if entry.url:
        _link(made, "alternate", entry.url, "text/html")
    if entry.source:
        _link(made, "related", entry.source, "text/html")
    for sort, term, label in entry.tags:
        found = etree.SubElement(made, "category")
        found.set("term", term)
        found.set("scheme", f"{home}{sort}")
        found.set("label", label)
    _text(made, "summary", entry.summary)
    _text(made, "content", entry.html).set("type", "html")
    return bytes(etree.tostring(made, encoding="utf-8", xml_declaration=False))


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    made = etree.SubElement(parent, name)
    made.text = text
    return made


def _link(parent: etree._Element, rel: str, href: str, sort: str = "") -> None:
    made = etree.SubElement(parent, "link")
    made.set("rel", rel)
    if sort:
        made.set("type", sort)
    made.set("href", href)
