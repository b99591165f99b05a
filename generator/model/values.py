"""The small types that fields are made of: each turns the text of a record into a value, or says why not.

`read` hands over texts, truth values, lists and mappings; nothing here guesses at YAML's own types.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, ClassVar, TypeVar
from urllib.parse import SplitResult, urlsplit

from babel.numbers import list_currencies
from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, Strict
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.model.edtf import DateFault, Open, PartialDate, When, parse_end, parse_when
from generator.problems import Mend, Way

T = TypeVar("T")

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
COUNTRY_ID = re.compile(r"[A-Z]{2}\Z")
GROUP_ID = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*\Z")
PAGE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*\Z")
SOURCE_ID = re.compile(r"[a-z][a-z0-9-]*\Z")
DEVICES = frozenset({"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)})
"""Devices on Windows, where no file can be called so."""
RESERVED = DEVICES | {"index", "status"}
"""No record may be called so: `index` is the listing, `status` the lists by status."""
LONGEST = 30_000
"""Characters of a text at most. The time that Markdown takes grows with the square of its length."""


def fault(code: str, message: str, hint: str = "", mend: Mend | None = None) -> PydanticCustomError:
    """A mistake with one of our codes, on its way through pydantic."""
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint, "mend": mend})


def written(text: str | None) -> Mend | None:
    """A mend that writes a text, where there is one to write."""
    return Mend(Way.WRITE, text) if text else None


def near(word: str, known: Iterable[str]) -> str:
    """«Did you mean …?» for the nearest known word, or nothing."""
    words = list(known)
    found = same(word, words) or nearest(word, words)
    return f"Did you mean '{found}'?" if found else ""


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """The known word that is most like one, by a share of equal letters of at least `least`; None if none is."""
    folded = {_fold(each): each for each in known}
    found = difflib.get_close_matches(_fold(word), folded, n=1, cutoff=least)
    return folded[found[0]] if found else None


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKD", word).casefold()


def same(word: str, known: Iterable[str]) -> str | None:
    """The one known word that differs by case, accents, blanks, hyphens or underscores only; None if not just one."""
    wanted = bare(word)
    found = {each for each in known if bare(each) == wanted} if wanted else set()
    return found.pop() if len(found) == 1 else None


def bare(word: str) -> str:
    """A word without case, accents, blanks, hyphens and underscores."""
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(
        sign for sign in letters if sign not in "-_" and not sign.isspace() and not unicodedata.combining(sign)
    )


@dataclass(frozen=True)
class Form:
    """How a value is written: in a sentence for people, as a pattern for their editors.

    `pattern` is one that JavaScript reads too. `types` are those that JSON Schema knows: a bare 2012 is an integer to
    a YAML editor, though `read` takes it for the text that was written; `least` and `most` bound it.
    """

    name: str
    told: str
    pattern: str = r"\S"
    types: tuple[str, ...] = ("string", "number")
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Also:
    """Marks a field that may be written in another way: as this word, or as a value with this annotation."""

    told: str
    word: str = ""
    annotation: Any = None


class Model(BaseModel):
    """The base of all that is written in records: no unknown keys, no coercion, frozen."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    marks: ClassVar[tuple[str, ...]] = ()
    """The fields by which an item of a list is named in `disagreements` (`events.signed`)."""


class TextValue(str):
    """A text with a type of its own, so that whoever walks a record knows what it met."""

    __slots__ = ()

    form: ClassVar[Form]

    @classmethod
    def read(cls, value: object) -> TextValue:
        return cls(_text(value))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)


def _text(value: object) -> str:
    if isinstance(value, bool):
        word = str(value).lower()
        message = f"'{word}' without quotes means yes or no; a text is wanted here."
        raise fault("wrong-type", message, f"Write '{word}' in quotes.", written(word))
    if value is None:
        raise fault("wrong-type", "There is nothing here.", "Fill it in, or leave the field out.")
    if not isinstance(value, str):
        hint = "Write it without brackets or hyphens." if isinstance(value, list) else "Write it after the colon."
        raise fault("wrong-type", f"One text is wanted here, not {_sort_of(value)}.", hint)
    if not value.strip():
        raise fault("wrong-type", "The text is empty.", "Fill it in, or leave the field out.")
    if len(value) > LONGEST:
        message = f"The text has {len(value):,} characters, and may have {LONGEST:,}."
        raise fault("too-large", message, "Shorten it, or divide it over several pages.")
    bad = UNSEEN.search(value)
    if bad:
        code = f"U+{ord(bad[0]):04X}"
        message = f"The text holds the character {code}, which cannot be seen."
        raise fault("bad-text", message, "Delete it.", Mend(Way.DELETE, bad[0]))
    return value.strip()


UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"
    "\ufdd0-\ufdef\U000e0000-\U000e007f"
    + "".join(f"{chr(n + 0xFFFE)}{chr(n + 0xFFFF)}" for n in range(0, 0x110000, 0x10000))
    + "]"
)
"""What is shown would not be what is written: control characters, marks that turn the reading direction, tags and notes
between lines (they hide words from readers and tell them to machines), and what Unicode says is no character."""


def _sort_of(value: object) -> str:
    return "fields with values" if isinstance(value, dict) else "a list"


class Line(TextValue):
    """A text of one line, shown as it is: no Markdown."""

    __slots__ = ()

    form = Form("line", "One line of plain text, shown as it is.")

    @classmethod
    def read(cls, value: object) -> Line:
        return cls(" ".join(_text(value).split()))


class Prose(TextValue):
    """Markdown without raw HTML; `validate` looks into it."""

    __slots__ = ()

    form = Form("prose", "Plain sentences. Markdown for a link, a list or *emphasis*; no HTML.")


class SourceId(TextValue):
    """The id of a publication in the record's own `sources`."""

    __slots__ = ()

    form = Form("source id", "The id of a source listed under `sources`: s1, s2 …", r"[a-z][a-z0-9-]*", ("string",))

    @classmethod
    def read(cls, value: object) -> SourceId:
        text = _text(value)
        if not SOURCE_ID.match(text):
            small = written(text.lower() if SOURCE_ID.match(text.lower()) else None)
            raise fault("bad-id", f"'{text}' is no id of a source.", "Write s1, s2 and so on.", small)
        return cls(text)


class FieldPath(TextValue):
    """The name of a field of the same record, as `start`, `legal.decision` or `events.signed`."""

    __slots__ = ()

    form = Form("name of a field", "The name of a field that is filled in, as it is written to the left of the colon.")


class Url(TextValue):
    """An address on the web."""

    __slots__ = ()

    form = Form(
        "address on the web",
        "An address that begins with https:// or http://, copied from the browser.",
        r"[hH][tT][tT][pP][sS]?://[^\s<>\"\\^`{|}]+",
        ("string",),
    )

    @classmethod
    def read(cls, value: object) -> Url:
        text = _text(value)
        if not is_web_address(text):
            whole = text.lower().startswith(("http://", "https://"))
            hint = "It needs a host, and no blank or bracket in it." if whole else "Begin with https:// or http://."
            raise fault("bad-url", f"'{text}' is not an address on the web.", hint)
        return cls(text)


def is_web_address(text: str) -> bool:
    """Whether the text is an http(s) address with a host and no blank in it."""
    if any(c.isspace() for c in text) or any(c in '<>"\\^`{|}' for c in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and _has_port(parts)


def _has_port(parts: SplitResult) -> bool:
    """Whether what stands where a port may stand is nothing, or a number that can be one."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


class Reference(str):
    """The id of another record, and the kinds that it may be."""

    kinds: tuple[str, ...]

    def __new__(cls, text: str, kinds: tuple[str, ...]) -> Reference:
        made = super().__new__(cls, text)
        made.kinds = kinds
        return made

    def __getnewargs__(self) -> tuple[str, tuple[str, ...]]:  # type: ignore[override]
        return str(self), self.kinds


class RefersTo:
    """Makes a text a reference: `Annotated[Reference, RefersTo("country", "group")]`."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def read(self, value: object) -> Reference:
        """The reference that a text makes. Raises `PydanticCustomError` for what is no text."""
        return Reference(_text(value), self.kinds)


class NamesItsKind:
    """Makes a text a reference to a record of the kind that it names itself: `programme/urbelac`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._read)

    def _read(self, value: object) -> Reference:
        text = _text(value)
        kind, slash, id = text.partition("/")
        if not (kind and slash and id):
            hint = "Write kind and id, as programme/urbelac."
            raise fault("bad-id", f"'{text}' does not say of which kind the record is.", hint)
        return Reference(id, (kind,))


def _reads(parse: Callable[[str], Any]) -> BeforeValidator:
    """A validator that hands the text to `parse`."""

    def read(value: object) -> Any:
        try:
            return parse(_text(value))
        except DateFault as error:
            code = "impossible-date" if error.impossible else "bad-date"
            raise fault(code, error.message, error.hint, written(error.mend)) from None

    return BeforeValidator(read)


class _Any:
    """Takes what the validator before it made."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.any_schema()


DAY = r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|[0-9]{3}X)[~?%]?"
BARE_YEAR = ("string", "integer")
DATE_FORM = Form(
    "date",
    "A date as precise as the source: 2012-06-26, 2012-06 or 2012. "
    "Add ~ for about, ? for uncertain; 199X is the 1990s.",
    DAY,
    BARE_YEAR,
    least=1000,
    most=9999,
)
MOMENT_FORM = Form(
    "date or stretch of time",
    "A date (2018-06-04, 2018-06, 2018), or two with a slash between: 2018-06-04/2018-06-09. "
    "2021/.. has no end; 2021/ has one that nobody found.",
    rf"{DAY}(/({DAY}|\.\.)?)?",
    BARE_YEAR,
    least=1000,
    most=9999,
)
END_FORM = Form(
    "date or ..",
    "A date as precise as the source (2012-06-26, 2012-06, 2012), or .. for what has no end.",
    rf"{DAY}|\.\.",
    BARE_YEAR,
    least=1000,
    most=9999,
)

Date = Annotated[PartialDate, _Any(), _reads(PartialDate.parse), DATE_FORM]
"""One date, as far as it is known."""
Moment = Annotated[When, _Any(), _reads(parse_when), MOMENT_FORM]
"""A date or a stretch of time."""
End = Annotated[PartialDate | Open, _Any(), _reads(parse_end), END_FORM]
"""A date, or `..` for what has no end; left out where nobody found one."""


def _number(text: str) -> Decimal:
    try:
        if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,6})?", text):
            return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits none
        pass
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise fault("not-a-number", f"'{text}' has more digits than any number here.", "Look it up again.")
    plain, certain = _ungrouped(text)
    hint = f"Write {plain}." if plain else _about_number(text)
    raise fault("not-a-number", f"'{text}' is not a number.", hint, Mend(Way.BARE, plain) if certain else None)


def _about_number(text: str) -> str:
    """What to write where words or a currency stand beside a number."""
    found = re.search(r"[0-9][0-9.,]*", text)
    if not found or len(re.findall(r"[0-9][0-9.,]*", text)) > 1:
        return "Write digits, as 1500000 or 2.5."
    digits, words = found[0].rstrip(".,"), text.replace(found[0], "").strip()
    if words.lower() in TIMES and re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", digits):
        return f"Write {(Decimal(digits) * TIMES[words.lower()]).normalize():f}."
    if words.upper() in ("€", "$", "£") or words.upper() in currencies():
        return f"Write {digits}; its currency has a field of its own."
    if re.fullmatch(r"[a-z ~<>≈+]+", words.lower()):
        return f"Write {digits}; words such as «about» go into `qualifier`, others into `note`."
    return "Write digits, as 1500000 or 2.5."


TIMES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "mn": 10**6, "bn": 10**9}
GROUPED = re.compile(r"(-?[0-9]{1,3})(?:(?P<sign>[ ,._'’\u00a0\u202f])[0-9]{3})(?:(?P=sign)[0-9]{3})*(?:[.,][0-9]+)?")


def _ungrouped(text: str) -> tuple[str, bool]:
    """A number without the signs between its groups, and whether it can mean nothing else: 1,500 may be one and a half.

    Nothing where the text is no grouped number.
    """
    found = GROUPED.fullmatch(text)
    if not found:
        return "", False
    sign = found["sign"]
    rest = text.replace(sign, "")
    decimal = "," if sign == "." else "."
    if rest.count(",") + rest.count(".") > 1 or rest.replace(decimal, "", 1).lstrip("-").isdigit() is False:
        return "", False
    once = text.count(sign) == 1 and rest.lstrip("-").isdigit()
    return rest.replace(",", "."), sign not in ",." or not once


def _whole(text: str) -> int:
    number = _number(text)
    if number != number.to_integral_value():
        raise fault("not-a-number", f"'{text}' is not a whole number.", "Write digits without a point.")
    return int(number)


NUMBER_FORM = Form(
    "number",
    "Digits without spaces or commas; a point before the decimals: 1500000 or 2.5.",
    r"-?[0-9]{1,18}(\.[0-9]{1,6})?",
)
WHOLE_FORM = Form("whole number", "Digits without a point.", r"-?[0-9]{1,18}(\.0{1,6})?", ("string", "integer"))

Number = Annotated[Decimal, _Any(), _reads(_number), NUMBER_FORM]
Whole = Annotated[int, _Any(), _reads(_whole), WHOLE_FORM]


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """The ISO 4217 codes that CLDR knows, past ones too."""
    return frozenset(list_currencies())


def _currency(text: str) -> str:
    if text not in currencies():
        known = same(text, currencies())
        hint = f"Did you mean '{known}'?" if known else near(text, ("EUR", "USD", "GBP", "BRL"))
        hint = hint or "Write its ISO 4217 code, as EUR."
        raise fault("unknown-currency", f"There is no currency '{text}'.", hint, written(known))
    return text


CURRENCY_FORM = Form("currency", "The three letters of the currency (ISO 4217): EUR, USD.", "[A-Z]{3}", ("string",))

Currency = Annotated[str, _Any(), _reads(_currency), CURRENCY_FORM]


def _record_id(text: str) -> str:
    if not ID.match(text) or text in RESERVED:
        raise fault("bad-id", f"'{text}' is no id.", "Write lower case letters, digits and single hyphens.")
    return text


RecordId = Annotated[str, _Any(), _reads(_record_id)]

Many = Annotated[tuple[T, ...], Strict(False)]
"""A list."""


class Vocabulary(StrEnum):
    """A fixed list of words, each with the label that readers see, and what it means where that says too little."""

    label: str
    definition: str

    def __new__(cls, word: str, label: str, definition: str = "") -> Vocabulary:
        made = str.__new__(cls, word)
        made._value_ = word
        made.label = label
        made.definition = definition
        return made

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def read(cls, value: object) -> Vocabulary:
        text = _text(value)
        try:
            return cls(text)  # type: ignore[call-arg]
        except ValueError:
            words = [str(each.value) for each in cls]
            hint = near(text, words) or f"Write one of: {', '.join(words)}."
            message = f"'{text}' is not a word for this field."
            raise fault("not-in-vocabulary", message, hint, written(same(text, words))) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)
