"""One `iati-activity` element becomes an Activity: what is missing or wrong is told with its line, never guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from lxml import etree

from generator.iati import codes
from generator.iati.activity import Activity, Coded, Fault, FileInfo, Finding, Organisation, Read, Said, Sum, best
from generator.kinds.country import country_codes
from generator.model.values import UNSEEN, currencies, is_web_address

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FOREIGN = etree.XPath(".//*[namespace-uri()!='']")


def read_activity(element: Any, info: FileInfo) -> Read:
    """The activity, or none where it has no identifier; with all that is wrong in it."""
    return _Reader(element, info).read()


def clean(text: str) -> str:
    """A text on one line, without signs that cannot be seen."""
    return " ".join(UNSEEN.sub(" ", text).split())


@lru_cache(maxsize=4096)
def day_in(text: str) -> str | None:
    """The day of an xsd:date or xsd:dateTime, or None where it is none, or in no year that cooperation can have."""
    found = re.match(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T[0-9:.]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?\s*\Z", text)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
    return found[1] if found and day and 1950 <= day.year <= 2100 else None


@dataclass
class _Reader:
    """Reads one element; the findings gather on the way."""

    element: Any
    info: FileInfo
    findings: dict[tuple[int, str, str], None] = field(default_factory=dict)
    parts: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    language: str = ""
    currency: str = ""

    def read(self) -> Read:
        for child in self.element:
            if isinstance(child.tag, str):
                self.parts[child.tag].append(child)
        self.language = _language(self.element)
        self.currency = (self.element.get("default-currency") or "").strip()
        activity = self.activity()
        told = tuple(Finding(self.info.name, line, fault, message) for line, fault, message in self.findings)
        return Read(activity, told, _foreign(self.element))

    def wrong(self, element: Any, fault: Fault, message: str) -> None:
        self.findings[_line(element), fault.value, message] = None

    def activity(self) -> Activity | None:
        identifier = clean(self.text("iati-identifier"))
        if not identifier:
            self.wrong(self.element, Fault.NO_ID, "The activity has no iati-identifier, so it is left out.")
            return None
        titles = self.said("title")
        if not titles:
            self.wrong(self.element, Fault.NO_TITLE, f"{identifier} has no title, so it is left out as a programme.")
        if not self.parts["description"]:
            self.wrong(self.element, Fault.NO_DESCRIPTION, f"{identifier} has no description.")
        countries, regions = self.countries(), self.regions()
        self.add_up(countries + regions, "countries and regions")
        return Activity(
            file=self.info,
            line=_line(self.element),
            identifier=identifier,
            publisher=self.publisher(),
            titles=titles,
            descriptions=self.descriptions(),
            more=self.more(),
            dates=self.dates(),
            status=self.code_of("activity-status", codes.STATUSES),
            scope=clean(self.attribute("activity-scope", "code")),
            countries=tuple(_once(countries + self.in_transactions("recipient-country", self.country))),
            regions=tuple(_once(regions + self.in_transactions("recipient-region", self.region))),
            sectors=tuple(_once(self.sectors())),
            organisations=self.organisations(),
            sums=(*self.budgets(), *self.transactions()),
            not_taken=self.not_taken(),
            related=self.related(),
            website=self.website(),
            documents=self.documents(),
        )

    # -- texts

    def text(self, tag: str) -> str:
        return next((each.text or "" for each in self.parts[tag]), "")

    def attribute(self, tag: str, name: str) -> str:
        return next((each.get(name) or "" for each in self.parts[tag]), "")

    def said(self, tag: str) -> tuple[Said, ...]:
        return _said(self.parts[tag], self.language)

    def descriptions(self) -> tuple[Said, ...]:
        """Those of type 1, general; where there is none, the others."""
        every = self.parts["description"]
        general = [each for each in every if (each.get("type") or "1") == "1"]
        return _said(general, self.language) or _said(every, self.language)

    def more(self) -> tuple[tuple[str, Said], ...]:
        """Descriptions that are not general, beside one that is."""
        every = [(each.get("type") or "1", each) for each in self.parts["description"]]
        if not any(kind == "1" and _said([each], "") for kind, each in every):
            return ()
        others = ((kind, _said([each], self.language)) for kind, each in every if kind != "1")
        return tuple((kind, best(said)) for kind, said in others if said)

    def publisher(self) -> Organisation:
        found = self.parts["reporting-org"]
        return _organisation(found[0], self.language) if found else Organisation("")

    # -- dates and states

    def dates(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for each in self.parts["activity-date"]:
            kind, written = each.get("type") or "", each.get("iso-date") or ""
            day = day_in(written)
            if kind not in codes.DATE_TYPES:
                self.wrong(each, Fault.CODE, f"There is no type of date '{kind}'; this date is left out.")
            elif day is None:
                self.wrong(each, Fault.DATE, f"'{written}' is no day that this can be; it is left out.")
            elif kind in found and found[kind] != day:
                what = codes.DATE_TYPES[kind]
                self.wrong(each, Fault.DATE, f"A second {what}, {day}, beside {found[kind]}; the first is taken.")
            elif self.is_to_come(kind, day):
                what = codes.DATE_TYPES[kind]
                message = f"The {what}, {day}, lies after the day of the file, {self.info.generated}; it is left out."
                self.wrong(each, Fault.DATE, message)
            else:
                found[kind] = day
        return self.in_order(found)

    def is_to_come(self, kind: str, day: str) -> bool:
        actual = kind in (codes.ACTUAL_START, codes.ACTUAL_END)
        return actual and bool(self.info.generated) and day > self.info.generated

    def in_order(self, found: dict[str, str]) -> Mapping[str, str]:
        start, end = found.get(codes.ACTUAL_START, ""), found.get(codes.ACTUAL_END, "")
        if start and end and end < start:
            message = f"The actual end, {end}, lies before the actual start, {start}; both are left out."
            self.wrong(self.parts["activity-date"][0], Fault.DATE, message)
            actual = (codes.ACTUAL_START, codes.ACTUAL_END)
            return {kind: day for kind, day in found.items() if kind not in actual}
        return found

    def code_of(self, tag: str, known: Mapping[str, Any]) -> str:
        for each in self.parts[tag]:
            code = (each.get("code") or "").strip()
            if code in known:
                return code
            self.wrong(each, Fault.CODE, f"There is no {tag} '{code}'; it is left out.")
        return ""

    # -- places and sectors

    def country(self, element: Any) -> Coded | None:
        code = (element.get("code") or "").strip().upper()
        if code not in country_codes() and code != "XK":
            self.wrong(element, Fault.CODE, f"There is no country '{code}'; it is left out.")
            return None
        return self.coded(element, code, "")

    def region(self, element: Any) -> Coded | None:
        vocabulary, code = element.get("vocabulary") or "1", (element.get("code") or "").strip()
        if vocabulary == "2":
            code = code.lstrip("0")
        if vocabulary == "1" and code not in codes.DAC_REGIONS and code not in codes.OTHER_DAC_REGIONS:
            self.wrong(element, Fault.CODE, f"There is no region '{code}' in the DAC list; it is left out.")
            return None
        return self.coded(element, code, vocabulary)

    def coded(self, element: Any, code: str, vocabulary: str) -> Coded:
        texts = [each.text for each in _said([element], self.language)]
        return Coded(clean(code), clean(vocabulary), _line(element), self.percentage(element), "; ".join(texts))

    def percentage(self, element: Any) -> Decimal | None:
        written = element.get("percentage")
        if written is None:
            return None
        share = _decimal(written.strip())
        if share is None or not 0 <= share <= 100:
            self.wrong(element, Fault.PERCENTAGE, f"'{written}' is no share of 100.")
            return None
        return share

    def countries(self) -> list[Coded]:
        return [found for each in self.parts["recipient-country"] if (found := self.country(each))]

    def regions(self) -> list[Coded]:
        return [found for each in self.parts["recipient-region"] if (found := self.region(each))]

    def in_transactions(self, tag: str, read: Any) -> list[Coded]:
        return [
            found
            for transaction in self.parts["transaction"]
            for each in transaction.iterfind(tag)
            if (found := read(each))
        ]

    def sectors(self) -> list[Coded]:
        own = [found for each in self.parts["sector"] if (found := self.sector(each))]
        by_vocabulary: dict[str, list[Coded]] = defaultdict(list)
        for sector in own:
            by_vocabulary[sector.vocabulary].append(sector)
        for vocabulary, rows in by_vocabulary.items():
            self.add_up(rows, f"sectors of vocabulary {vocabulary}")
        return own + self.in_transactions("sector", self.sector)

    def sector(self, element: Any) -> Coded | None:
        vocabulary, code = element.get("vocabulary") or "1", (element.get("code") or "").strip()
        digits = {codes.SECTOR_DAC_5: 5, codes.SECTOR_DAC_3: 3}.get(vocabulary)
        if not code or (digits and not re.fullmatch(f"[0-9]{{{digits}}}", code)):
            self.wrong(element, Fault.CODE, f"There is no DAC sector '{code}' of {digits or 'any'} digits; left out.")
            return None
        return self.coded(element, code, vocabulary)

    def add_up(self, found: list[Coded], what: str) -> None:
        """Shares add up to 100 (rule set of the standard); where there is one, it may go without."""
        shares = [each.percentage for each in found if each.percentage is not None]
        total = sum(shares, Decimal(0))
        vocabularies = {each.vocabulary for each in found if each.vocabulary} if what.startswith("count") else set()
        if len(vocabularies) > 1:
            return
        if len(found) > 1 and len(shares) < len(found):
            self.wrong_at(found[0].line, Fault.PERCENTAGE, f"Not all {what} have a share, so how it is split is open.")
        elif shares and abs(total - 100) > Decimal("0.1"):
            message = f"The shares of the {what} add up to {_plain(total)}, not to 100."
            self.wrong_at(found[0].line, Fault.PERCENTAGE, message)

    def wrong_at(self, line: int, fault: Fault, message: str) -> None:
        self.findings[line, fault.value, message] = None

    # -- organisations and relations

    def organisations(self) -> tuple[Organisation, ...]:
        found: dict[Organisation, None] = {}
        publisher = self.publisher()
        for each in self.parts["participating-org"]:
            role = (each.get("role") or "").strip()
            if role not in codes.ROLES:
                self.wrong(each, Fault.CODE, f"There is no role of an organisation '{role}'; the role is left out.")
            one = _organisation(each, self.language, role if role in codes.ROLES else "")
            if not one.name and one.ref and one.ref == publisher.ref:
                one = replace(one, name=publisher.name)
            if one.name or one.ref:
                found[one] = None
        return tuple(found)

    def related(self) -> tuple[tuple[str, str, int], ...]:
        found = []
        for each in self.parts["related-activity"]:
            kind, ref = (each.get("type") or "").strip(), clean(each.get("ref") or "")
            if kind not in ("1", "2", "3", "4", "5") or not ref:
                self.wrong(each, Fault.RELATION, f"A related activity of type '{kind}' with the identifier '{ref}'.")
            elif kind in (codes.PARENT, codes.CHILD):
                found.append((kind, ref, _line(each)))
        return tuple(found)

    def website(self) -> str:
        for each in self.parts["document-link"]:
            if any(category.get("code") == codes.WEB_PAGE for category in each.iterfind("category")):
                address = (each.get("url") or "").strip()
                if is_web_address(address):
                    return address
                self.wrong(each, Fault.ADDRESS, f"'{clean(address)}' is no address on the web; it is left out.")
        return ""

    def documents(self) -> tuple[tuple[str, str], ...]:
        found = []
        for each in self.parts["document-link"]:
            texts = _said(each.findall("title"), self.language)
            found.append((texts[0].text if texts else "", clean(each.get("url") or "")))
        return tuple(found)

    # -- money

    def money(self, element: Any) -> tuple[str, Decimal] | None:
        value = element.find("value")
        if value is None:
            self.wrong(element, Fault.MONEY, "There is no value here; it is left out.")
            return None
        written = (value.text or "").strip()
        amount, currency = _decimal(written), (value.get("currency") or self.currency).strip()
        if amount is None:
            self.wrong(value, Fault.MONEY, f"'{clean(written)}' is no amount; it is left out.")
        elif not currency:
            self.wrong(self.element, Fault.MONEY, "Amounts without a currency, nor has the activity one; left out.")
        elif currency not in currencies():
            self.wrong(value, Fault.CODE, f"There is no currency '{clean(currency)}'; the amount is left out.")
        else:
            return currency, amount
        return None

    def budgets(self) -> Iterator[Sum]:
        """Budgets by status and currency; a revised one stands for the original of the same time."""
        rows = [row for each in self.parts["budget"] if (row := self.budget(each))]
        revised = [row for row in rows if row.kind == codes.REVISED]
        kept = [row for row in rows if row.kind == codes.REVISED or not any(_overlap(row, each) for each in revised)]
        named = {codes.INDICATIVE: ("Indicative budgets", "indicative-budget"),
                 codes.COMMITTED: ("Committed budgets", "budget")}  # fmt: skip
        return _summed((*named[row.status], row.currency, row.amount, row.first, row.last) for row in kept)

    def budget(self, element: Any) -> _Budget | None:
        found = self.money(element)
        days = []
        for tag in ("period-start", "period-end"):
            each = element.find(tag)
            written = "" if each is None else each.get("iso-date") or ""
            days.append(day_in(written) or "")
            if not days[-1]:
                self.wrong(element if each is None else each, Fault.DATE, f"'{written}' is no day; the {tag} is open.")
        if all(days) and days[1] < days[0]:
            self.wrong(element, Fault.DATE, f"The budget ends on {days[1]}, before it begins; its days are left out.")
            days = ["", ""]
        kind, status = element.get("type") or codes.ORIGINAL, element.get("status") or codes.INDICATIVE
        if kind not in (codes.ORIGINAL, codes.REVISED) or status not in (codes.INDICATIVE, codes.COMMITTED):
            self.wrong(element, Fault.CODE, f"A budget of type '{kind}' and status '{status}'; it is left out.")
            return None
        return _Budget(kind, status, *found, *days) if found else None

    def transactions(self) -> Iterator[Sum]:
        rows = []
        for each in self.parts["transaction"]:
            kind = _code(each, "transaction-type")
            if kind not in codes.TRANSACTION_TYPES:
                self.wrong(each, Fault.CODE, f"There is no type of transaction '{kind}'; it is left out.")
            elif kind in codes.TRANSACTIONS and (found := self.money(each)):
                basis, sort = codes.TRANSACTIONS[kind]
                day = self.day_of(each)
                rows.append((sort, basis, *found, day, day))
        return _summed(rows)

    def day_of(self, transaction: Any) -> str:
        each = transaction.find("transaction-date")
        written = "" if each is None else each.get("iso-date") or ""
        day = day_in(written)
        if not day:
            self.wrong(
                transaction, Fault.DATE, f"'{written}' is no day of a transaction; its amount counts all the same."
            )
        return day or ""

    def not_taken(self) -> Mapping[str, int]:
        kinds = Counter(_code(each, "transaction-type") for each in self.parts["transaction"])
        return {
            kind: count for kind, count in sorted(kinds.items())
            if kind in codes.TRANSACTION_TYPES and kind not in codes.TRANSACTIONS
        }  # fmt: skip


@dataclass(frozen=True)
class _Budget:
    kind: str
    status: str
    currency: str
    amount: Decimal
    first: str
    last: str


def _overlap(original: _Budget, revised: _Budget) -> bool:
    if original.currency != revised.currency:
        return False
    if not (original.first and original.last and revised.first and revised.last):
        return True
    return original.first <= revised.last and revised.first <= original.last


def _summed(rows: Iterable[tuple[str, str, str, Decimal, str, str]]) -> Iterator[Sum]:
    """Rows of one sort and currency as one sum."""
    kept: dict[tuple[str, str, str], list[tuple[Decimal, str, str]]] = defaultdict(list)
    for sort, basis, currency, amount, first, last in rows:
        kept[sort, basis, currency].append((amount, first, last))
    for (sort, basis, currency), found in kept.items():
        first = min((first for _, first, _ in found if first), default="")
        last = max((last for _, _, last in found if last), default="")
        total = sum((amount for amount, _, _ in found), Decimal(0))
        yield Sum(sort, basis, currency, total, len(found), first, last)


def _decimal(written: str) -> Decimal | None:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    return number if re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]*)?|[+-]?\.[0-9]+", written) else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _code(element: Any, tag: str) -> str:
    found = element.find(tag)
    return "" if found is None else (found.get("code") or "").strip()


def _line(element: Any) -> int:
    return int(element.sourceline or 1)


def _language(element: Any) -> str:
    return (element.get(LANGUAGE) or "").strip().lower().partition("-")[0]


def _said(elements: Iterable[Any], default: str) -> tuple[Said, ...]:
    found: dict[Said, None] = {}
    for element in elements:
        for each in element.iterfind("narrative"):
            text = clean("".join(each.itertext()))
            if text:
                found[Said(text, _language(each) or default)] = None
    return tuple(found)


def _organisation(element: Any, default: str, role: str = "") -> Organisation:
    texts = _said([element], default)
    english = next((each.text for each in texts if each.language == "en"), "")
    name = english or (texts[0].text if texts else "")
    return Organisation(name, clean(element.get("ref") or ""), role)


def _once(found: list[Coded]) -> list[Coded]:
    """Each code once, the first time it stands there."""
    first: dict[tuple[str, str], Coded] = {}
    for each in found:
        first.setdefault((each.vocabulary, each.code), each)
    return list(first.values())


def _foreign(element: Any) -> Mapping[str, int]:
    return Counter(etree.QName(each).namespace for each in FOREIGN(element) if isinstance(each.tag, str))
