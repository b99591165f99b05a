"""The import as a whole: what was read and what is there go in; the files to write and the report come out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count

from generator.checking import Checked
from generator.iati.activity import Activity, Fault, FileInfo, Finding, Read
from generator.iati.comparing import Difference, compare
from generator.iati.drafting import Draft, Origin, draft, slug
from generator.iati.grouping import Group, group, missing_parents
from generator.iati.known import Known, known_of, words_in
from generator.iati.writing import is_untouched, says_the_same, text_of
from generator.kinds import KINDS
from generator.link import link
from generator.model.values import RESERVED
from generator.problems import Problem
from generator.read import read
from generator.validate import validate

FOLDER = "programmes"
NEW = ("drafted", "renewed")
AT_ONCE = 300
"""So many drafts are checked at once: a read record takes ten times the room of its text."""


@dataclass(frozen=True)
class Drafted:
    """One group of activities, and what became of it."""

    fate: str
    """`drafted`, `renewed`, `unchanged`, `edited` (by hand since, so left alone), `partial` (the draft knows more
    activities than these files), `exists` (a record: compare) or `unsound` (`check` would refuse it: our mistake)."""
    id: str
    name: str
    identifiers: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    perhaps: str = ""
    """A record whose letters stand in its name: perhaps the same."""
    swallowed: tuple[str, ...] = ()
    """Other drafts whose activities are in this one now."""
    why: str = ""
    """For one that is unsound: what `check` would say."""


@dataclass(frozen=True)
class Skipped:
    """An activity that is in no draft, and why."""

    file: str
    line: int
    identifier: str
    why: str


@dataclass(frozen=True)
class Result:
    """What an import would write, by path below its folder, and what it tells."""

    files: Mapping[str, bytes]
    before: Mapping[str, bytes]
    read: Mapping[str, int]
    """File → activities."""
    infos: tuple[FileInfo, ...]
    drafted: tuple[Drafted, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]
    foreign: Mapping[str, int]
    unmapped: Mapping[str, int]
    """DAC codes without a theme of ours, and in how many drafts they stand."""
    orphans: Mapping[str, tuple[str, ...]]
    """Parents that are in no file → the activities that name them."""


NOT_HERE = "no country or region of Latin America and the Caribbean receives"
NOT_EU = "nobody of the EU or of a member state takes part"
NO_TITLE = "it has no title"
TWICE = "its identifier stands here a second time"


@dataclass
class Gathering:
    """Takes what is read, file by file, and keeps only what may become a draft."""

    known: Known
    everything: bool = False
    activities: dict[str, Activity] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    infos: list[FileInfo] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    skipped: list[Skipped] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    foreign: Counter[str] = field(default_factory=Counter)

    def take(self, what: FileInfo | Read) -> None:
        """One thing more of a file."""
        if isinstance(what, FileInfo):
            self.infos.append(what)
            self.read[what.name] += 0
            return
        self.read[self.infos[-1].name] += 1
        self.foreign.update(what.foreign)
        one = what.activity
        if one is None:
            self.findings += what.findings
            at = what.findings[0]
            self.skipped.append(Skipped(at.file, at.line, "", "it has no identifier"))
        elif one.identifier in self.places:
            file, line = self.places[one.identifier]
            message = f"{one.identifier} stands in {file}, line {line} already; that one is taken, this one left out."
            self.findings.append(Finding(one.file.name, one.line, Fault.TWICE.value, message))
            self.skip(one, TWICE)
        else:
            self.places[one.identifier] = (one.file.name, one.line)
            self.keep(one, what.findings)

    def keep(self, one: Activity, findings: Iterable[Finding]) -> None:
        elsewhere = bool(one.countries or one.regions) and not self.known.is_in_region(one)
        if elsewhere and not self.everything:
            self.skip(one, NOT_HERE)
            return
        self.findings += findings
        self.activities[one.identifier] = one

    def skip(self, one: Activity, why: str) -> None:
        self.skipped.append(Skipped(one.file.name, one.line, one.identifier, why))

    def groups(self) -> tuple[Group, ...]:
        """The programmes, without those that concern other regions or partners."""
        found, rings = group(self.activities.values())
        self.findings += rings
        kept = []
        for each in found:
            why = self.why_not(each)
            if why:
                for one in each.activities:
                    self.skip(one, why)
            else:
                kept.append(each)
        return tuple(kept)

    def why_not(self, each: Group) -> str:
        """Why a group makes no draft, or nothing."""
        activities = each.activities
        if not self.everything and not any(map(self.known.is_in_region, activities)):
            return NOT_HERE
        if not self.everything and not any(map(self.known.has_partner, activities)):
            return NOT_EU
        return "" if each.head.titles else NO_TITLE


def gathering(checked: Checked, *, everything: bool = False) -> Gathering:
    """An empty gathering for a catalogue."""
    return Gathering(known_of(checked.catalogue), everything)


def finish(gathered: Gathering, checked: Checked, there: Mapping[str, bytes], origin: Origin) -> Result:
    """The files and the report. `there` are the files of the folder of drafts as they are."""
    groups = gathered.groups()
    shelf = _Shelf(gathered.known, checked, there)
    drafts = [draft(each, gathered.known, origin) for each in groups]
    drafted = shelf.without_unsound(tuple(shelf.put(each) for each in drafts))
    unmapped = Counter(code for each in drafts for code in dict.fromkeys(each.unmapped))
    return Result(
        files=shelf.files,
        before={path: there[path] for path in shelf.files if path in there},
        read=dict(gathered.read),
        infos=tuple(gathered.infos),
        drafted=drafted,
        skipped=tuple(gathered.skipped),
        findings=tuple(sorted(set(gathered.findings))),
        foreign=dict(sorted(gathered.foreign.items())),
        unmapped=dict(sorted(unmapped.items())),
        orphans=missing_parents(groups, frozenset(gathered.places)),
    )


class _Shelf:
    """The folder of drafts: which drafts are there, and which ids are free."""

    def __init__(self, known: Known, checked: Checked, there: Mapping[str, bytes]) -> None:
        self.known = known
        self.checked = checked
        self.written = {one.record.id: one.document.values for one in checked.passed if one.kind.name == "programme"}
        self.there = {path: data.decode("utf-8", "replace") for path, data in there.items()}
        self.ids = {_id(path): path for path in self.there}
        self.made_of = {id: _identifiers_in(self.there[path]) for id, path in self.ids.items()}
        self.of_activity = {identifier: id for id, found in self.made_of.items() for identifier in found}
        self.of_head = {found: id for id, path in self.ids.items() if (found := _head_in(self.there[path]))}
        self.taken = set(known.taken) | set(self.ids)
        self.files: dict[str, bytes] = {}

    def put(self, each: Draft) -> Drafted:
        """What becomes of a draft; a new or changed one is added to the files."""
        record = self.record_of(each)
        if record:
            differences = compare(self.written.get(record, {}), each)
            return self.told("exists", record, each, differences)
        each, perhaps = self.with_hint(each)
        placed = self.placed(each)
        others = {self.of_activity[one] for one in each.identifiers if one in self.of_activity} - {placed.id}
        return replace(placed, perhaps=perhaps, swallowed=tuple(sorted(others)))

    def placed(self, each: Draft) -> Drafted:
        head = each.identifiers[0]
        old = self.of_head.get(head) or self.of_activity.get(head)
        if old is None:
            return self.write("drafted", self.free_id(each), each)
        before = self.there[self.ids[old]]
        new = text_of(each, old)
        if says_the_same(before, new):
            return self.told("unchanged", old, each)
        if not is_untouched(before):
            return self.told("edited", old, each)
        if self.made_of[old] - set(each.identifiers):
            return self.told("partial", old, each)
        return self.write("renewed", old, each)

    def record_of(self, each: Draft) -> str | None:
        for identifier in each.identifiers:
            if identifier in self.known.identifiers:
                return self.known.identifiers[identifier]
        return self.known.programmes.named(each.names)

    def with_hint(self, each: Draft) -> tuple[Draft, str]:
        """The draft, saying so where the letters of a record stand in its name."""
        perhaps = self.known.programmes.lettered(each.names) or ""
        if not perhaps:
            return each, ""
        line = f"Perhaps the same as the programme {perhaps}, whose letters stand in its name."
        return replace(each, comments={**each.comments, "": (line, *each.comments.get("", ()))}), perhaps

    def write(self, fate: str, id: str, each: Draft) -> Drafted:
        self.files[f"{FOLDER}/{id}.yml"] = text_of(each, id).encode()
        return self.told(fate, id, each)

    def without_unsound(self, drafted: tuple[Drafted, ...]) -> tuple[Drafted, ...]:
        """Nothing is written that `check` would refuse, whatever a file held; what is left out is told."""
        broken: dict[str, Problem] = {}
        paths = sorted(self.files)
        for at in range(0, len(paths), AT_ONCE):
            broken |= self.problems_of({path: self.files[path] for path in paths[at : at + AT_ONCE]})
        bad = {_id(path): problem for path, problem in broken.items() if self.files.pop(path, None) is not None}
        return tuple(
            replace(each, fate="unsound", why=str(bad[each.id])) if each.id in bad and each.fate in NEW else each
            for each in drafted
        )

    def problems_of(self, files: Mapping[str, bytes]) -> dict[str, Problem]:
        """What `check` would say of drafts, together with the content."""
        documents, unreadable = read(files, KINDS)
        passed, invalid = validate(documents, KINDS)
        _, unlinked = link([*self.checked.passed, *passed], [*self.checked.documents, *documents], KINDS)
        found = {problem.place.path: problem for problem in (*unreadable, *invalid, *unlinked)}
        return {path: problem for path, problem in found.items() if path in files}

    def told(self, fate: str, id: str, each: Draft, differences: tuple[Difference, ...] = ()) -> Drafted:
        return Drafted(fate, id, each.group.head.title.text, each.identifiers, differences)

    def free_id(self, each: Draft) -> str:
        """An id of its title; where that is taken, with the end of its identifier, so that it stays the same."""
        title = slug(each.group.head.title.text)
        end = slug(each.identifiers[0])[-20:].strip("-")
        numbered = (f"{title}-{end}-{number}".strip("-") for number in count(2))
        choices = chain((title, f"{title}-{end}".strip("-")), numbered)
        id = next(each for each in choices if each and each not in self.taken and each not in RESERVED)
        self.taken.add(id)
        return id


def _id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yml")


def _head_in(text: str) -> str:
    """The identifier of the activity at the head of what a draft was made of; nothing where the line was taken out."""
    found = re.search("^# IATI: (.+)$", text, re.MULTILINE)
    return found[1] if found else ""


def _identifiers_in(text: str) -> frozenset[str]:
    """All that a draft was made of; where somebody took the lines out, the words of its sources."""
    below = frozenset(re.findall(r"^# Activity (.+?): ", text, re.MULTILINE))
    if head := _head_in(text):
        return below | {head}
    lines = re.findall(r"^\s+locator: (.+)$", text, re.MULTILINE)
    return frozenset(word for line in lines for word in words_in(line))
