"""What programs look for at the top of a site: how to search it (OpenSearch 1.1), and what they may read."""

from __future__ import annotations

from lxml import etree

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
SHORT, LONG = 16, 48
"""So many letters a short and a long name may have."""


def discovery_files(site: str, description: str, address: str) -> dict[str, str | bytes]:
    """`opensearch.xml` and `robots.txt`, by path below the site's folder; neither without an address of the site."""
    if not address:
        return {}
    return {"opensearch.xml": opensearch(site, description, address), "robots.txt": robots(address)}


def opensearch(site: str, description: str, address: str) -> bytes:
    """The description by which browsers offer to search the site from their own field."""
    root = etree.Element("OpenSearchDescription", nsmap={None: OPENSEARCH})
    told = (
        ("ShortName", _short(site)),
        ("LongName", site[:LONG].strip()),
        ("Description", (description or site)[:1024]),
        ("InputEncoding", "UTF-8"),
        ("Language", "en"),
    )
    for name, text in told:
        etree.SubElement(root, name).text = text
    etree.SubElement(root, "Image", height="48", width="48", type="image/png").text = f"{address}assets/icon-48.png"
    etree.SubElement(root, "Url", type="text/html", method="get", template=f"{address}search/?q={{searchTerms}}")
    etree.SubElement(
        root, "Url", type="application/opensearchdescription+xml", rel="self", template=f"{address}opensearch.xml"
    )
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _short(name: str) -> str:
    """As many whole words as a short name may have."""
    if len(name) <= SHORT:
        return name
    words = name[: SHORT + 1].rsplit(" ", 1)[0]
    return words[:SHORT].strip()


def robots(address: str) -> str:
    """Everything may be read; the site map lists the pages (RFC 9309, sitemaps.org).

    It counts only where the site stands at the top of its host.
    """
    return f"User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n"
