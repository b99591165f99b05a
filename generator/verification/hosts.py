"""No reader's browser asks another host for anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from generator.verification.css import in_css
from generator.verification.flaw import Flaw
from generator.verification.output import Output

MEND = "Keep a copy below overrides/assets and load that: readers are told that no other host hears of them."
LINKED = ("href", "{http://www.w3.org/1999/xlink}href")


def foreign_loads(output: Output) -> Iterator[Flaw]:
    """Every load from another host, in pages, style sheets and drawings."""
    for page in output.pages.values():
        styled = [target for css in page.inline for target in in_css(css)]
        yield from _foreign(output, page.file, [*page.loads, *styled])
        if output.is_foreign(page.leads_to):
            yield Flaw(page.file, f"It sends its reader to {page.leads_to}.", "Lead to a page of this site.")
    for file, targets in output.styled.items():
        yield from _foreign(output, file, targets)
    for file in output.files(".svg"):
        yield from _foreign(output, file, _in_drawing(output.bytes_of(file)))


def _foreign(output: Output, file: str, targets: Iterable[str]) -> Iterator[Flaw]:
    for target in dict.fromkeys(targets):
        if output.is_foreign(target) and not target.startswith("data:"):
            yield Flaw(file, f"It loads {target} from another host.", MEND)


def _in_drawing(data: bytes) -> Iterator[str]:
    """What an SVG loads; its links are for readers. One that is no XML is told with the data."""
    if not any(sign in data for sign in (b"href", b"url(", b"@import", b"<?xml-stylesheet")):
        return
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if etree.QName(element).localname != "a":
            yield from (element.get(name, "") for name in LINKED if element.get(name))
        yield from in_css(" ".join([*map(str, element.attrib.values()), element.text or ""]))
