"""Dates, money, numbers and names in the reader's language, by Babel and gettext."""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from generator.kinds.country import country_name
from generator.model.edtf import Interval, Open, PartialDate, Precision, When
from generator.model.parts import Qualifier

LOCALES = Path(__file__).parent.parent / "locale"
NBSP = "\u00a0"
DASH = "–"


@dataclass(frozen=True, eq=False)
class Words:
    """One language: everything that depends on it is asked here."""

    language: str
    translations: gettext.NullTranslations

    locale: Locale

    def say(self, text: str) -> str:
        """A text of ours in this language."""
        return self.translations.gettext(text)

    def count(self, one: str, many: str, number: int) -> str:
        """`one` or `many`, with {n} replaced by the number."""
        return self.translations.ngettext(one, many, number).format(n=self.number(number))

    # -- dates

    def day(self, value: date) -> str:
        return format_date(value, "d MMMM y", locale=self.locale).replace(" ", NBSP)

    def short_day(self, value: date) -> str:
        return format_date(value, "d MMM y", locale=self.locale).replace(" ", NBSP)

    def date(self, value: When | Open | None) -> str:
        """A date as precise as it is known: «29 June 2012», «June 2012», «about 2012», «the 1990s»."""
        if value is None:
            return self.say("not known")
        if isinstance(value, Open):
            return self.say("no end")
        if isinstance(value, Interval):
            return self._interval(value)
        text = self._bare(value)
        return self.say("about {date}").format(date=text) if value.approximate else text

    def short_date(self, value: When | Open | None) -> str:
        """The same for tables: «29 Jun 2012»."""
        if isinstance(value, PartialDate) and value.precision >= Precision.MONTH:
            pattern = "d MMM y" if value.precision is Precision.DAY else "MMM y"
            return format_date(value.earliest, pattern, locale=self.locale).replace(" ", NBSP)
        return self.date(value)

    def on(self, value: PartialDate) -> str:
        """A date inside a sentence: «on 29 June 2012», «in June 2012», «in the 1990s»."""
        text = self.date(value)
        pattern = self.say("on {date}") if value.precision is Precision.DAY else self.say("in {date}")
        return pattern.format(date=text)

    @lru_cache(maxsize=4096)  # noqa: B019 - a few languages live as long as the process
    def _bare(self, value: PartialDate) -> str:
        if value.precision is Precision.DAY:
            return self.day(value.earliest)
        if value.precision is Precision.MONTH:
            return format_date(value.earliest, "MMMM y", locale=self.locale)
        if value.precision is Precision.YEAR:
            return str(value.earliest.year)
        return self.say("the {year}s").format(year=value.earliest.year)

    def _interval(self, value: Interval) -> str:
        start, end = value.start, value.end
        if isinstance(end, Open):
            return self.say("since {date}").format(date=self.date(start))
        if end is None:
            return self.say("from {date}").format(date=self.date(start))
        same_month = start.earliest.replace(day=1) == end.earliest.replace(day=1)
        if start.precision is end.precision is Precision.DAY and same_month:
            return f"{start.earliest.day}{DASH}{self.date(end)}"
        if start.precision is end.precision is Precision.DAY and start.year == end.year:
            return f"{format_date(start.earliest, 'd MMMM', locale=self.locale)} {DASH} {self.date(end)}"
        if start.precision is end.precision is Precision.YEAR:
            return f"{self.date(start)}{DASH}{self.date(end)}"
        return f"{self.date(start)} {DASH} {self.date(end)}"

    # -- numbers and money

    def number(self, value: Decimal | int) -> str:
        return format_decimal(value, locale=self.locale, decimal_quantization=False)

    @lru_cache(maxsize=4096)  # noqa: B019 - a few languages live as long as the process
    def money(self, amount: Decimal, currency: str, qualifier: Qualifier | None = None) -> str:
        """«about €3.4 billion»; a sum that is not round to the hundred thousand is written out."""
        text = self._sum(amount, currency)
        return f"{self.say(qualifier.label)} {text}" if qualifier else text

    def _sum(self, amount: Decimal, currency: str) -> str:
        symbol = get_currency_symbol(currency, locale=self.locale)
        symbol = symbol if len(symbol) == 1 else f"{symbol}{NBSP}"
        for size, word in ((Decimal(10**9), self.say("billion")), (Decimal(10**6), self.say("million"))):
            scaled = amount / size
            if abs(amount) >= size and scaled == scaled.quantize(Decimal("0.001")):
                sign = "−" if amount < 0 else ""
                return f"{sign}{symbol}{self.number(abs(scaled).normalize())}{NBSP}{word}"
        whole = amount == amount.to_integral_value()
        return format_currency(
            amount, currency, "¤#,##0" if whole else None, locale=self.locale, currency_digits=not whole
        )

    # -- names

    def country(self, code: str) -> str:
        return country_name(code, self.language)

    def list(self, items: Iterable[str]) -> str:
        """«Colombia, Ecuador and Peru»."""
        return format_list(list(items), locale=self.locale)


@lru_cache(maxsize=8)
def words_of(language: str) -> Words:
    """The words of a language; English where a translation is missing."""
    found = gettext.translation("catalogue", LOCALES, languages=[language], fallback=True)
    return Words(language, found, Locale.parse("en_GB" if language == "en" else language))
