"""What is read of an IATI file: the few things that a draft needs, as frozen values with their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum


class Fault(Enum):
    """What may be wrong in a file though it can be read; each is told with its line."""

    NO_ID = "missing-identifier"
    NO_TITLE = "missing-title"
    NO_DESCRIPTION = "missing-description"
    TWICE = "doubled-activity"
    DATE = "bad-date"
    PERCENTAGE = "percentages"
    CODE = "unknown-code"
    MONEY = "bad-amount"
    RELATION = "bad-relation"
    ADDRESS = "bad-address"


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong at a line of a file."""

    file: str
    line: int
    fault: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.fault}: {self.message}"


@dataclass(frozen=True)
class FileInfo:
    """What a file says of itself."""

    name: str
    version: str
    generated: str = ""
    """The day on which it was made, or nothing where it does not say."""


@dataclass(frozen=True)
class Said:
    """A text in a language; none where the file does not say which."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Coded:
    """A code of a vocabulary, with the share of it where one is given."""

    code: str
    vocabulary: str
    line: int
    percentage: Decimal | None = None
    text: str = ""


@dataclass(frozen=True)
class Organisation:
    """Who takes part, as the file names it."""

    name: str
    ref: str = ""
    role: str = ""


@dataclass(frozen=True)
class Sum:
    """Money of one sort in one currency, added up over the budgets or transactions of one activity."""

    sort: str
    """What it is called here, as «Disbursements»."""
    basis: str
    currency: str
    amount: Decimal
    count: int
    first: str
    last: str


@dataclass(frozen=True)
class Activity:
    """One activity."""

    file: FileInfo
    line: int
    identifier: str
    publisher: Organisation
    titles: tuple[Said, ...] = ()
    descriptions: tuple[Said, ...] = ()
    more: tuple[tuple[str, Said], ...] = ()
    """Descriptions of other types: objectives, target groups."""
    dates: Mapping[str, str] = field(default_factory=dict)
    """By type, as ISO days."""
    status: str = ""
    scope: str = ""
    countries: tuple[Coded, ...] = ()
    regions: tuple[Coded, ...] = ()
    sectors: tuple[Coded, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    sums: tuple[Sum, ...] = ()
    not_taken: Mapping[str, int] = field(default_factory=dict)
    """Transactions of types that say nothing of what was promised or paid out, by type."""
    related: tuple[tuple[str, str, int], ...] = ()
    """Type, identifier and line."""
    website: str = ""
    documents: tuple[tuple[str, str], ...] = ()
    """Title and address."""

    @property
    def title(self) -> Said:
        """Its title in English where there is one, else the first."""
        return best(self.titles)


@dataclass(frozen=True)
class Read:
    """One activity of a file, with what is wrong in it and what in it is not of IATI."""

    activity: Activity | None
    findings: tuple[Finding, ...] = ()
    foreign: Mapping[str, int] = field(default_factory=dict)
    """Elements of other namespaces, counted."""


def best(texts: tuple[Said, ...]) -> Said:
    """The English text, else the one without a language, else the first; an empty one where there is none."""
    for language in ("en", ""):
        for said in texts:
            if said.language == language:
                return said
    return texts[0] if texts else Said("")
