"""What became of records, as entries of feeds: in words, each with an address and an id that never change."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup, escape

from generator.derive.following import Subject, name_of
from generator.model.catalogue import Catalogue
from generator.model.chronicle import Change, Chronicle, Step, Told
from generator.model.kind import Kind

MOST = 50
"""So many entries a feed holds, the newest."""
GATHERED = 20
"""What one step did to more records than this is one entry of a feed, so that a reader does not drown in it."""
NAMED = 20
"""So many records a gathered entry names."""
TAGS = 12
"""What concerns more countries than this, as an agreement of the whole Union, has none of them for a tag."""
IN_SHORT = 4
"""So many changed values are named in a summary."""
OURS = uuid.UUID("5d1f1f0e-8e0a-5a55-9a55-6c6f6e0d1a7c")
"""The name space of our ids (RFC 9562, version 5): they depend on the commit and the record, not on the site's address,
so that a site that moves tells nobody everything anew."""

VERBS = {
    "added": "added",
    "changed": "changed",
    "renamed": "renamed",
    "merged": "merged into another",
    "retired": "retired",
    "removed": "taken out",
}


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. Texts are plain, `html` is made of them."""

    id: str
    title: str
    url: str
    """Where it leads; empty where no page is left."""
    source: str
    """Where the commit can be seen; empty without a repository on the web."""
    when: datetime
    summary: str
    html: str
    tags: tuple[tuple[str, str, str], ...]
    """Scheme, term and name of what it concerns: kinds, countries, themes, and what became of the record. A scheme is a
    page that lists its terms, below the top of the site."""
    change: Change | None = None
    """None for a gathered one."""


@dataclass(frozen=True)
class Place:
    """What entries must know of the site; entries that several feeds share are made once."""

    catalogue: Catalogue
    address: str
    repository: str
    made: dict[str, Entry] = field(default_factory=dict)

    def kind(self, name: str) -> Kind:
        return next(kind for kind in self.catalogue.kinds if kind.name == name)

    def url(self, kind: str, id: str) -> str:
        """The page of a record, or what stands at its former address; empty where nothing does."""
        stands = self.catalogue.find(kind, id) or (kind, id) in self.catalogue.retired
        return f"{self.address}{self.kind(kind).page(id).removesuffix('.md')}/" if stands else ""

    def commit(self, step: Step) -> str:
        return f"{self.repository}/commit/{step.revision}" if self.repository else ""


def entries(subject: Subject, steps: Iterable[tuple[Step, tuple[Change, ...]]], place: Place) -> Iterator[Entry]:
    """The newest entries of a feed. `steps` are those that did anything to its records, with these changes alone."""
    left = MOST
    for step, changes in steps:
        if len(changes) > GATHERED:
            made: list[Entry] = [_gathered(subject, step, changes, place)]
        else:
            made = [_entry(step, change, place) for change in changes]
        yield from made[:left]
        left -= len(made)
        if left <= 0:
            return


def steps_by_subject(
    chronicle: Chronicle, subjects: Iterable[Subject]
) -> dict[str, list[tuple[Step, tuple[Change, ...]]]]:
    """For the stem of each subject, the steps that did anything to its records."""
    listed = list(subjects)
    found: dict[str, list[tuple[Step, tuple[Change, ...]]]] = {subject.stem: [] for subject in listed}
    kinds: dict[tuple[str, str, str], list[str]] = {}
    for subject in listed:
        for country in subject.countries or ("",):
            for theme in subject.themes or ("",):
                kinds.setdefault((subject.kind, country, theme), []).append(subject.stem)
    for step in chronicle.steps:
        of_step: dict[str, list[Change]] = {}
        for change in step.changes:
            places = [("", "")] + [(c, "") for c in change.countries] + [("", t) for t in change.themes]
            stems = {stem for kind in ("", change.kind) for of in places for stem in kinds.get((kind, *of), ())}
            for stem in sorted(stems):
                of_step.setdefault(stem, []).append(change)
        for stem, changes in of_step.items():
            found[stem].append((step, tuple(changes)))
    return found


# -- one record


def _entry(step: Step, change: Change, place: Place) -> Entry:
    name = f"{step.revision}/{change.kind}/{change.old}/{change.id}"
    if name not in place.made:
        place.made[name] = _told(step, change, place, uuid.uuid5(OURS, name).urn)
    return place.made[name]


def _told(step: Step, change: Change, place: Place, id: str) -> Entry:
    kind = place.kind(change.kind)
    return Entry(
        id=id,
        title=clean(f"{kind.singular} {VERBS[change.sort]}: {change.title}"),
        url=place.url(change.kind, change.id),
        source=place.commit(step),
        when=step.when,
        summary=clean(summary_of(change)),
        html=clean(_html(change)),
        tags=tuple(_tags(change, place)),
        change=change,
    )


def summary_of(change: Change) -> str:
    """What became of a record, in one line."""
    lines = [line_of(told) for told in change.fields[:IN_SHORT]]
    more = len(change.fields) + change.more - len(lines)
    lines += [f"{_counted(more, 'more value')} changed"] if more else []
    return " ".join(filter(None, (_lead(change), "; ".join(lines) + "." if lines else "")))


def _lead(change: Change) -> str:
    """What became of the record as a whole; nothing of one in which only values changed."""
    return {
        "added": f"Added, with {_counted(change.facts, 'fact')}.",
        "renamed": f"Its id was {change.old} and is {change.id}.",
        "merged": f"It was the same as {change.id}, under the id {change.old}.",
        "retired": change.because or "Retired.",
        "removed": "Taken out of the catalogue.",
    }.get(change.sort, "")


SHORT = 80
"""A value of up to so many letters is told whole in a summary."""


def line_of(told: Told) -> str:
    """«Start changed from 2010 to 2010-11», «Website added: https://…», «History, In force 2024-05-01 added»."""
    where = ", ".join(told.where)
    before = "".join(text for mark, text in told.run if mark != "new").strip()
    after = "".join(text for mark, text in told.run if mark != "gone").strip()
    if told.came or told.went:
        value = after or before
        end = f": {value}" if value and len(value) <= SHORT and not told.item else ""
        return f"{where} {'added' if told.came else 'removed'}{end}"
    if len(before) <= SHORT and len(after) <= SHORT:
        return f"{where} changed from «{before}» to «{after}»"
    return f"{where} changed"


def _html(change: Change) -> str:
    items = [Markup("<li>{}: {}</li>").format(", ".join(told.where), _run(told)) for told in change.fields]
    items += [Markup("<li>{} changed</li>").format(_counted(change.more, "more value"))] if change.more else []
    listed = Markup("<ul>{}</ul>").format(Markup("").join(items)) if items else ""
    return str(Markup("<p>{}</p>{}").format(_lead(change) or "What changed:", listed))


def _run(told: Told) -> Markup:
    tags = {"gone": "del", "new": "ins"}
    return Markup("").join(
        Markup(f"<{tags[mark]}>{{}}</{tags[mark]}>").format(text) if mark in tags else escape(text)
        for mark, text in told.run
    )


def _tags(change: Change, place: Place) -> Iterator[tuple[str, str, str]]:
    yield "follow/#changes", change.sort, VERBS[change.sort]
    yield "follow/#kinds", change.kind, place.kind(change.kind).singular
    for sort, kind, ids in (("countries/", "country", change.countries), ("themes/", "theme", change.themes)):
        for id in ids if len(ids) <= TAGS else ():
            record = place.catalogue.find(kind, id)
            yield sort, id.lower(), clean(name_of(kind, record)) if record else id


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"


# -- many records at once


def _gathered(subject: Subject, step: Step, changes: tuple[Change, ...], place: Place) -> Entry:
    by_sort = Counter(change.sort for change in changes)
    said = ", ".join(f"{_counted(by_sort[s], 'record') if not n else by_sort[s]} {VERBS[s]}"
                     for n, s in enumerate(sort for sort in VERBS if by_sort[sort]))  # fmt: skip
    kinds = Counter(change.kind for change in changes)
    listing = "; ".join(f"{place.kind(kind).title}: {number:,}" for kind, number in kinds.items())
    named = Markup("").join(_named(change, place) for change in changes[:NAMED])
    more = len(changes) - NAMED
    url = f"{place.address}{subject.place}"
    tail = (
        Markup('<p>And {} more: <a href="{}">{}</a>.</p>').format(f"{more:,}", url, subject.title) if more > 0 else ""
    )
    html = Markup("<p>In one step: {}. {}.</p><ul>{}</ul>{}").format(said, listing, named, tail)
    return Entry(
        id=uuid.uuid5(OURS, f"{step.revision}/{subject.stem}").urn,
        title=clean(f"{subject.title}: {said}"),
        url=url,
        source=place.commit(step),
        when=step.when,
        summary=clean(f"In one step: {said}. {listing}."),
        html=clean(str(html)),
        tags=tuple(("follow/#kinds", kind, place.kind(kind).singular) for kind in kinds),
    )


def _named(change: Change, place: Place) -> Markup:
    url = place.url(change.kind, change.id)
    title = Markup('<a href="{}">{}</a>').format(url, change.title) if url else escape(change.title)
    return Markup("<li>{} {}: {}</li>").format(place.kind(change.kind).singular, VERBS[change.sort], title)


FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (production 2)."""


def clean(text: str) -> str:
    """A text without what no XML file can hold, on one line."""
    return " ".join(FORBIDDEN.sub("\ufffd", text).split())
