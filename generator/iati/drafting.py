"""A group of activities becomes the values of a draft programme: each fact with the file as its source.

Planned days are never written as days on which something began or ended; sums are of one sort and currency, of one
level of the hierarchy; what the catalogue has no word for is kept as a comment.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from generator.iati import codes
from generator.iati.activity import Activity, Coded, Organisation, Said, Sum, best
from generator.iati.grouping import Group
from generator.iati.known import Known
from generator.markdown import is_plain


@dataclass(frozen=True)
class Origin:
    """Where the files were got, as the person who imports them knows it."""

    accessed: date
    url: str = ""


@dataclass(frozen=True)
class Draft:
    """A programme as it would be written, and what a person should know of how it came about."""

    values: dict[str, Any]
    comments: dict[str, tuple[str, ...]]
    """Field → lines above it; those of the whole draft stand under an empty name."""
    group: Group
    unmapped: tuple[str, ...] = ()
    """DAC codes for which we have no theme."""

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Those of its activities, the head's first."""
        return tuple(one.identifier for one in self.group.activities)

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called, in every language."""
        return tuple(said.text for said in self.group.head.titles)


def draft(group: Group, known: Known, origin: Origin) -> Draft:
    """The draft of a group whose head has a title. Its values have no id yet: that depends on what is there."""
    return _Drafter(group, known, origin).draft()


def slug(text: str) -> str:
    """A text as the id of a record: at most eight words, 60 signs."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))
    words = re.findall("[a-z0-9]+", bare)[:8]
    while len("-".join(words)) > 60:
        words = words[:-1] or [words[0][:60]]
        if len(words) == 1 and len(words[0]) <= 60:
            break
    return "-".join(words)


def prose(text: str) -> str:
    """A text that Markdown shows as it is."""
    if is_plain(text):
        return text
    escaped = re.sub(r"([\\`*_\[\]<>#!|~])", r"\\\1", text).replace("&", "&amp;")
    return re.sub(r"\A([0-9]+)([.)])", r"\1\\\2", re.sub(r"\A([+=-])", r"\\\1", escaped))


@dataclass
class _Drafter:
    group: Group
    known: Known
    origin: Origin
    values: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, Any] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    cited: dict[tuple[str, str], list[Activity]] = field(default_factory=dict)
    """The activities of each file and publisher that facts are taken from."""
    unmapped: list[str] = field(default_factory=list)

    def draft(self) -> Draft:
        self.names()
        self.days()
        self.status()
        self.money()
        self.participants()
        self.places()
        self.themes()
        self.website()
        self.summary()
        self.aside()
        self.values["evidence"] = self.evidence
        self.values["sources"] = self.sources()
        told = {name: tuple(dict.fromkeys(lines)) for name, lines in self.comments.items()}
        return Draft(self.values, told, self.group, tuple(self.unmapped))

    @property
    def all(self) -> tuple[Activity, ...]:
        return self.group.activities

    def cite(self, activities: Iterable[Activity]) -> list[str]:
        """The ids of the sources that these activities are."""
        found: dict[str, None] = {}
        for one in activities:
            key = (one.file.name, one.publisher.name or one.publisher.ref)
            rows = self.cited.setdefault(key, [])
            rows.append(one)
            found[f"s{list(self.cited).index(key) + 1}"] = None
        return list(found)

    def say(self, name: str, line: str) -> None:
        self.comments.setdefault(name, []).append(line)

    # -- names and days

    def names(self) -> None:
        head = self.group.head
        title = head.title
        self.values["name"] = title.text
        self.evidence["name"] = self.cite([head])
        others = [said for said in head.titles if said is not title and said.text != title.text]
        if others:
            self.values["other_names"] = [self.other_name(said) for said in others]

    def other_name(self, said: Said) -> dict[str, Any]:
        language = {"language": said.language} if said.language else {}
        return {"name": said.text, **language, "sources": self.cite([self.group.head])}

    def days(self) -> None:
        for name, kind, choose in (("start", codes.ACTUAL_START, min), ("end", codes.ACTUAL_END, max)):
            self.day(name, kind, choose)

    def day(self, name: str, kind: str, choose: Callable[[Iterable[str]], str]) -> None:
        head, dated = self.group.head, [one for one in self.all if kind in one.dates]
        if kind in head.dates:
            self.values[name] = head.dates[kind]
            self.evidence[name] = self.cite([head])
        elif dated and (name == "start" or len(dated) == len(self.all) - 1):
            self.values[name] = choose(one.dates[kind] for one in dated)
            what = "earliest" if name == "start" else "latest"
            note = f"The {what} actual {name} of the {len(dated)} activities below it; it gives none itself."
            self.evidence[name] = {"sources": self.cite(dated), "unverified": True, "note": note}

    def status(self) -> None:
        head = self.group.head
        planned = [
            f"{what} {head.dates[kind]}"
            for kind, what, actual in (
                (codes.PLANNED_START, "start", codes.ACTUAL_START),
                (codes.PLANNED_END, "end", codes.ACTUAL_END),
            )
            if kind in head.dates and actual not in head.dates
        ]
        told = f"Planned, by the file: {' and '.join(planned)}." if planned else ""
        if not head.status:
            if told:
                self.say("", f"{told} Planned days are not written as start or end.")
            return
        state, word = codes.STATUSES[head.status]
        plain = head.status in codes.PLAIN_STATUSES
        note = " ".join(filter(None, ["" if plain else f"The file says «{word}».", told]))
        self.values["reported_status"] = {
            "state": state,
            **({"note": note} if note else {}),
            "sources": self.cite([head]),
            **({} if plain else {"unverified": ["state"]}),
        }

    # -- money

    def money(self) -> None:
        sorts = dict.fromkeys((s.sort, s.basis, s.currency) for one in self.all for s in one.sums)
        items = [item for sort, basis, currency in sorts if (item := self.item(sort, basis, currency, len(sorts)))]
        if items:
            self.values["budget"] = items
        taken = Counter[str]()
        for one in self.all:
            taken.update(one.not_taken)
        if taken:
            kinds = ", ".join(f"{count} of type {kind}" for kind, count in sorted(taken.items()))
            self.say("budget" if items else "", f"Transactions that are not taken over: {kinds}.")

    def item(self, sort: str, basis: str, currency: str, sorts: int) -> dict[str, Any] | None:
        """The sum of one sort and currency, from the highest level that has any, so that no money counts twice."""

        def own(one: Activity) -> list[Sum]:
            return [s for s in one.sums if (s.sort, s.currency) == (sort, currency)]

        bearing = [each.head for each in self.group.walk(lambda each: not own(each.head)) if own(each.head)]
        sums = [each for one in bearing for each in own(one)]
        total = sum((each.amount for each in sums), Decimal(0))
        if total <= 0:
            self.say("", f"{sort} in {currency} add up to {number(total)}; no sum is written.")
            return None
        first = min((each.first for each in sums if each.first), default="")
        last = max((each.last for each in sums if each.last), default="")
        period = (first if first == last else f"{first}/{last}") if first and last else ""
        return {
            "amount": number(total),
            "currency": currency,
            "basis": basis,
            "label": f"{sort} in {currency}" if sorts > 1 else sort,
            **({"period": period} if period else {}),
            **self.counted(sum(each.count for each in sums), len(bearing), "budgets" in sort),
            "sources": self.cite(bearing),
        }

    def counted(self, count: int, activities: int, budgets: bool) -> dict[str, str]:
        if count == 1:
            return {}
        what = "budgets" if budgets else "transactions"
        where = f" of {activities} activities" if activities > 1 else ""
        return {"note": f"The sum of {count} {what}{where} in the file."}

    # -- who and where

    def participants(self) -> None:
        rows: dict[tuple[str, str, str], list[Activity]] = {}
        for one in self.all:
            for each in one.organisations:
                rows.setdefault(self.participant(each), []).append(one)
        items = []
        for (organisation, text, role), activities in rows.items():
            named = {"organisation": organisation} if organisation else {"text": text}
            ours = codes.ROLES.get(role, "")
            note = f"{codes.ROLE_NAMES[role]}, in the words of IATI." if role and not ours else ""
            items.append(
                {
                    **named,
                    **({"role": ours} if ours else {}),
                    **({"note": note} if note else {}),
                    "sources": self.cite(activities),
                }
            )
        if items:
            self.values["participants"] = items

    def participant(self, named: Organisation) -> tuple[str, str, str]:
        found = self.known.organisation(named)
        return found or "", "" if found else named.name or named.ref, named.role

    def places(self) -> None:
        self.listed("countries", "lac")
        self.listed("eu_countries", "europe")
        elsewhere = [
            f"{each.code}{_share(each)}"
            for one in self.all
            for each in one.countries
            if self.known.sides.get(each.code) not in ("lac", "europe")
        ]
        if elsewhere:
            self.say("", f"Recipients that the catalogue does not list: {_few(elsewhere)}.")
        for one in self.all:
            shares = [
                f"{each.code} {number(each.percentage)} %" for each in one.countries if each.percentage is not None
            ]
            if len(shares) > 1:
                self.say(
                    "countries" if "countries" in self.values else "", f"Shares in {one.identifier}: {_few(shares)}."
                )
        self.regions()

    def listed(self, name: str, side: str) -> None:
        found: dict[str, list[Activity]] = {}
        for one in self.all:
            for each in one.countries:
                if self.known.sides.get(each.code) == side:
                    found.setdefault(each.code, []).append(one)
        if found:
            self.values[name] = list(found)
            self.evidence[name] = self.cite(one for activities in found.values() for one in activities)

    def regions(self) -> None:
        groups: dict[str, list[Activity]] = {}
        names: list[str] = []
        for one in self.all:
            for each in one.regions:
                key = (each.vocabulary, each.code)
                names.append(_region(each))
                group = codes.WHOLE_REGION.get(key)
                if group in self.known.groups:
                    groups.setdefault(str(group), []).append(one)
        if names:
            self.say("regional_groups" if groups else "", f"Recipient regions of the file: {_few(names)}.")
        if groups:
            self.values["regional_groups"] = list(groups)
            self.evidence["regional_groups"] = {
                "sources": self.cite(one for activities in groups.values() for one in activities),
                "unverified": True,
                "note": f"The file names the region: {_few(names)}.",
            }

    # -- what for

    def themes(self) -> None:
        themes: dict[str, list[Activity]] = {}
        used: list[str] = []
        for one in self.all:
            for each in one.sectors:
                if each.vocabulary in (codes.SECTOR_DAC_5, codes.SECTOR_DAC_3):
                    found = self.known.themes_of(each.code, each.vocabulary)
                    (used if found else self.unmapped).append(each.code)
                    for theme in found:
                        themes.setdefault(theme, []).append(one)
        if themes:
            self.values["themes"] = list(themes)
            self.evidence["themes"] = {
                "sources": self.cite(one for activities in themes.values() for one in activities),
                "editorial": True,
                "note": f"Read from the DAC sectors {_few(used)} of the file.",
            }
        where = "themes" if themes else ""
        if self.unmapped:
            self.say(where, f"DAC sectors for which the catalogue has no theme: {_few(self.unmapped)}.")
        for line in self.other_sectors():
            self.say(where, line)

    def other_sectors(self) -> Iterator[str]:
        """Sectors of other vocabularies, the publisher's own first of all, as the file has them."""
        found: dict[str, list[str]] = {}
        for one in self.all:
            for each in one.sectors:
                if each.vocabulary not in (codes.SECTOR_DAC_5, codes.SECTOR_DAC_3):
                    told = f"{each.code}{f' {each.text}' if each.text else ''}{_share(each)}"
                    found.setdefault(each.vocabulary, []).append(told)
        for vocabulary, texts in sorted(found.items()):
            whose = "the publisher's own" if vocabulary in codes.OWN_VOCABULARIES else "another"
            yield f"Sectors of vocabulary {vocabulary} ({whose}): {_few(texts)}."

    def website(self) -> None:
        head = next((one for one in self.all if one.website), None)
        if head:
            self.values["website"] = head.website
            self.evidence["website"] = self.cite([head])

    def summary(self) -> None:
        head = self.group.head
        said = best(head.descriptions)
        if said.text:
            self.values["summary"] = prose(said.text)
            if said.language not in ("en", ""):
                self.say("summary", f"The file gives the description in «{said.language}» only.")
        else:
            publisher = head.publisher.name or head.publisher.ref or "Its publisher"
            self.values["summary"] = prose(f"{publisher} publishes it without a description.")
        self.evidence["summary"] = self.cite([head])
        for kind, other in head.more:
            self.say("summary", f"{codes.DESCRIPTIONS.get(kind, 'Another description')}, in the file: {other.text}")

    def aside(self) -> None:
        """What the file says of its activities beyond the fields of a programme."""
        for one in self.all[1:]:
            self.say("", f"Activity {one.identifier}: {one.title.text or 'without a title'}")
        for title, address in (each for one in self.all for each in one.documents[:10]):
            self.say("", f"Document: {', '.join(filter(None, (title, address)))}")

    def sources(self) -> list[dict[str, Any]]:
        found = []
        for number, ((name, publisher), activities) in enumerate(self.cited.items(), 1):
            info = activities[0].file
            made = f", made on {info.generated}" if info.generated else ""
            identifiers = list(dict.fromkeys(one.identifier for one in activities))
            found.append(
                {
                    "id": f"s{number}",
                    "title": f"{activities[0].title.text or identifiers[0]} (IATI {info.version}, {name}{made})",
                    "publisher": publisher or "Not named in the file",
                    "tier": "data-set",
                    **({"url": self.origin.url} if self.origin.url else {}),
                    "locator": ", ".join(identifiers),
                    "accessed": self.origin.accessed.isoformat(),
                }
            )
        return found


def number(amount: Decimal) -> str:
    """An amount in digits, without zeros behind the point that say nothing, to six places."""
    text = f"{amount:f}"
    whole, _, rest = text.partition(".")
    rest = rest[:6].rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def _share(each: Coded) -> str:
    return "" if each.percentage is None else f" ({number(each.percentage)} %)"


def _region(each: Coded) -> str:
    name = codes.REGIONS.get((each.vocabulary, each.code), "") or each.text
    list_name = {"1": "DAC", "2": "UN"}.get(each.vocabulary, f"vocabulary {each.vocabulary}")
    return f"{list_name} {each.code}{f' {name}' if name else ''}"


MOST = 30
"""So many codes are told in one line."""


def _few(texts: Iterable[str]) -> str:
    found = list(dict.fromkeys(texts))
    more = f", and {len(found) - MOST} more" if len(found) > MOST else ""
    return ", ".join(found[:MOST]) + more
