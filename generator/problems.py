"""What can be wrong with the content, and where.

A code is permanent once it is published: people search for it. Its sentence says what the rule is;
the message of a problem says what broke it, the hint what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Refused(Exception):
    """A command cannot be done; the message says why, to whoever called it."""


class Severity(Enum):
    """What a code does to a build."""

    ERROR = "error"
    """It fails."""
    WARNING = "warning"
    """It is told, and fails nothing unless that is asked for."""


class Code(Enum):
    """Every code with the rule it stands for, and whether it is an error or a warning."""

    YAML_SYNTAX = ("yaml-syntax", "The file must be YAML that can be read.")
    TAB = ("tab-indent", "YAML is indented with spaces, never with tabs.")
    DUPLICATE_KEY = ("duplicate-key", "A key stands once in its mapping.")
    ANCHOR = ("anchor-or-alias", "Anchors (&x), aliases (*x) and merge keys (<<) are not used here.")
    TAG = ("yaml-tag", "Tags (!x) are not used here.")
    SECOND_DOCUMENT = ("second-document", "A file holds one record, not several parted by ---.")
    NOT_UTF8 = ("not-utf8", "Files are UTF-8 text.")
    TOO_LARGE = ("too-large", "A file is at most 1 MiB and 100,000 values, a text 30,000 characters.")
    TOO_DEEP = ("too-deep", "Values, and lists, quotes and brackets in texts, are nested at most 20 deep.")
    SYMLINK = ("symlink-outside", "A link may not lead out of the content folder.")
    STRAY_FILE = ("stray-file", "Every file in the content folder belongs to a kind of record.")
    OLD_FORMAT = ("old-format", "The content has the format that the program reads.")
    EMPTY_FILE = ("empty-file", "A file holds something.")
    EMPTY_RECORD = ("empty-record", "A record has fields.")
    FRONT_MATTER = ("unclosed-front-matter", "The block between two lines of --- at the top must be closed.")
    MISSING_FRONT_MATTER = ("missing-front-matter", "A page begins with a block between two lines of ---.")
    UNKNOWN_FIELD = ("unknown-field", "A record has the fields of its kind and no others.")
    MISSING_FIELD = ("missing-field", "Some fields are needed.")
    WRONG_TYPE = ("wrong-type", "A field holds a text, a list or a mapping, as its kind says.")
    VOCABULARY = ("not-in-vocabulary", "Some fields take one of a fixed list of words.")
    BAD_DATE = ("bad-date", "Dates are written 2012, 2012-06 or 2012-06-26 (EDTF).")
    IMPOSSIBLE_DATE = ("impossible-date", "The date must exist in the calendar.")
    END_BEFORE_START = ("end-before-start", "What ends, ends after it began.")
    STEP_ORDER = ("step-out-of-order", "The steps of an agreement follow one another.")
    STEP_TWICE = ("step-twice", "A party takes the same step once.")
    BAD_ID = ("bad-id", "Ids are lower case with hyphens; countries have ISO codes, groups capitals.")
    ID_MISMATCH = ("id-mismatch", "The id of a record is the name of its file.")
    DUPLICATE_ID = ("duplicate-id", "An id or alias belongs to one record.")
    UNKNOWN_REFERENCE = ("unknown-reference", "A reference leads to a record that exists.")
    WRONG_KIND = ("wrong-kind", "A reference leads to a record of the kind asked for.")
    UNDECLARED_SOURCE = ("undeclared-source", "A source id that is used is listed under `sources`.")
    UNUSED_SOURCE = ("unused-source", "A source that is listed supports something.")
    EVIDENCE_NOWHERE = ("evidence-for-nothing", "Evidence names a field that the record has.")
    BAD_URL = ("bad-url", "Addresses begin with http:// or https://.")
    RAW_HTML = ("raw-html", "Texts are Markdown without HTML.")
    UNSAFE_LINK = ("unsafe-link", "Links in texts lead to http(s) or mailto addresses.")
    BAD_TEXT = ("bad-text", "Texts hold no control characters and no marks that turn the reading direction.")
    NOT_A_PARTY = ("not-a-party", "A step names parties that the agreement has.")
    NOT_YET_MEMBER = ("not-yet-a-member", "A country stands for a group only while it is a member.")
    UNKNOWN_COUNTRY = ("unknown-country-code", "Countries have ISO 3166-1 alpha-2 codes.")
    UNKNOWN_CURRENCY = ("unknown-currency", "Currencies have ISO 4217 codes.")
    THEME_LOOP = ("theme-loop", "A theme is not broader than itself.")
    NOT_A_NUMBER = ("not-a-number", "Numbers are plain digits.")

    NEAR_DUPLICATE = (
        "near-duplicate-name",
        "Records of a kind have names of their own.",
        Severity.WARNING,
    )
    NO_SOURCE = ("fact-without-source", "Every fact names the source that it is taken from.", Severity.WARNING)
    OLD_SOURCE = ("source-not-revisited", "A source is read again within two years.", Severity.WARNING)
    LONG_PROSE = ("long-prose", "Texts are as short as readers bear.", Severity.WARNING)
    REPRINT = ("reprint-cited", "Facts cite the official page rather than a reprint of it.", Severity.WARNING)

    def __init__(self, slug: str, rule: str, severity: Severity = Severity.ERROR) -> None:
        self.slug = slug
        self.rule = rule
        self.severity = severity


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file; `line` and `column` count from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Patch:
    """A change to a file that mends something for certain: `text` instead of what stands from a place to `until`."""

    path: str
    line: int
    column: int
    until: tuple[int, int]
    """Line and column of the sign after what is replaced."""
    text: str


class Way(Enum):
    """How something is mended."""

    WRITE = "write"
    """Write another text in place of the value or key."""
    BARE = "bare"
    """Write it without quotes: a number, true or false."""
    LIST = "list"
    """Put the text into a list of one."""
    DELETE = "delete"
    """Take a sign out, wherever it stands in the value."""


@dataclass(frozen=True)
class Mend:
    """A mend that is certain: one that a careful person would make without looking anything up.

    With the text of the file it becomes a `Patch` (`generator.editing.mending`).
    """

    way: Way
    text: str


@dataclass(frozen=True)
class Problem:
    """One mistake, told once."""

    place: Place
    code: Code
    message: str
    hint: str = ""
    mend: Mend | None = None

    def __str__(self) -> str:
        at = f"{self.place.path}:{self.place.line}:{self.place.column}"
        return f"{at}: {self.code.slug}: {self.message} {self.hint}".rstrip()


@dataclass(frozen=True)
class Fault:
    """A mistake before its place is known: `path` leads to the value inside the record.

    `at_key` points at the key rather than at the value.
    """

    path: tuple[str | int, ...]
    code: Code
    message: str
    hint: str = ""
    at_key: bool = False
    mend: Mend | None = None


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Sort problems by place, then by code, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.place, p.code.slug, p.message)))
