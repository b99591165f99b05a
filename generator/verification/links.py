"""Every address that the site names of itself leads somewhere, to the very anchor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from generator.verification.css import in_css
from generator.verification.flaw import Flaw
from generator.verification.formats.calendar import unfolded
from generator.verification.output import LOST, Output
from generator.verification.pages import Page

MEND = "Mend the link; where a record stood there, catalogue rename, merge and retire keep its address alive."
IN_SCRIPT = re.compile(r"""\b(?:import|from)\s*\(?\s*["'](\.{1,2}/[^"'\n]+)["']""")
TEXTS = (".json", ".jsonld", ".ndjson", ".geojson", ".xml", ".atom", ".rss", ".ics", ".csv", ".ttl", ".nt", ".txt",
         ".md", ".cff", ".bib", ".ris", ".svg", ".html", ".css")  # fmt: skip
"""Files in which whole addresses of ours are looked up."""
READ = (".txt", ".md", ".ics", ".atom", ".rss", ".xml")
"""Those whose addresses lead a reader to a page, so that an anchor must be there: elsewhere `#it` names a thing."""
OWN = re.compile(rb"""[^\s"'<>\\)\]}|`;,&]*""")


def dead_links(output: Output) -> Iterator[Flaw]:
    """Links, anchors and loads of pages that lead nowhere, and ids that stand twice."""
    for page in output.pages.values():
        yield from _doubled(page)
        for target in dict.fromkeys(page.links):
            yield from _dead(output, page.file, target)
        yield from _dead(output, page.file, page.leads_to) if page.leads_to else ()
        for target in dict.fromkeys(page.loads):
            yield from _unloaded(output, page.file, target)
        for css in page.inline:
            for target in in_css(css):
                yield from _unloaded(output, page.file, target)


def dead_loads(output: Output) -> Iterator[Flaw]:
    """What style sheets, scripts and drawings load that is not there."""
    for file, targets in output.styled.items():
        for target in targets:
            yield from _unloaded(output, file, target)
    for file in output.files(".js"):
        for target in IN_SCRIPT.findall(output.bytes_of(file).decode(errors="replace")):
            yield from _unloaded(output, file, target)


def dead_addresses(output: Output) -> Iterator[Flaw]:
    """Whole addresses of ours, in any file of text, at which nothing stands.

    Data may name a folder, as that below which all addresses of an interface are.
    """
    prefix = output.address.encode()
    for file in output.files(*TEXTS) if prefix else ():
        data = output.bytes_of(file)
        for target in dict.fromkeys(addresses_in(unfolded(data) if file.endswith(".ics") else data, prefix)):
            path, _, fragment = target.partition("#")
            found = output.found("", output.address + path)
            if found is None:
                if file.endswith(READ) or not output.is_folder(path):
                    yield Flaw(file, f"There is nothing at {output.address}{target}, which it names.", MEND)
            elif fragment and file.endswith(READ):
                yield from _no_anchor(output, file, found, fragment, output.address + target)


def addresses_in(data: bytes, prefix: bytes) -> Iterator[str]:
    """What follows our address wherever it stands in a file; patterns such as `{id}` are none."""
    for rest in data.split(prefix)[1:]:
        found = OWN.match(rest)
        told = found[0] if found else b""
        if b"{" not in told:
            yield told.decode(errors="replace").rstrip(".:!?*_")


def _doubled(page: Page) -> Iterator[Flaw]:
    if len(set(page.ids)) < len(page.ids):
        for each in sorted({each for each in page.ids if page.ids.count(each) > 1}):
            yield Flaw(page.file, f"The id '{each}' stands twice.", "Give one of the two places another.")


def _dead(output: Output, file: str, target: str) -> Iterator[Flaw]:
    if output.is_foreign(target):
        return
    if target.startswith("/") and file != LOST:
        mend = "Write it relative to the page: the site may stand in a folder."
        yield Flaw(file, f"The link to {target} starts at the top of the host.", mend)
        return
    found, fragment = output.found(file, target), target.partition("#")[2]
    if found is None:
        yield Flaw(file, f"The link to {target} leads nowhere.", MEND)
    elif fragment:
        yield from _no_anchor(output, file, found, fragment, target)


def _no_anchor(output: Output, file: str, found: str, fragment: str, target: str) -> Iterator[Flaw]:
    wanted = unquote(fragment)
    if found in output.ids and wanted not in output.ids[found] and wanted != "top":
        near = get_close_matches(wanted, sorted(output.ids[found]), 1)
        hint = f"Did you mean '#{near[0]}'?" if near else "Name an id that the page has."
        yield Flaw(file, f"There is no anchor '#{fragment}' at {target}.", hint)


def _unloaded(output: Output, file: str, target: str) -> Iterator[Flaw]:
    if not output.is_foreign(target) and output.found(file, target) is None:
        yield Flaw(file, f"It loads {target}, which is not there.", "Put the file there, or take the line out.")
