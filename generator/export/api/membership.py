"""Countries and groups as the JSON files have them: names, codes, and who belonged to what on which day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from babel.core import get_global

from generator.derive import Views
from generator.derive.membership import FULL, roll_of
from generator.derive.membership import Belonging as Row
from generator.export.api.computed_shapes import Belonging, InRole, Members
from generator.export.api.lives import bounds
from generator.export.api.shapes import filled
from generator.kinds.country import country_name
from generator.kinds.group import Group, MemberRole
from generator.model.parts import Labels

WITHDRAWN = frozenset({"230", "249", "278", "280", "720", "736", "886"})
"""Numbers of ISO 3166-3 that CLDR still leads to the country of today, as that of the German Democratic Republic."""
LANGUAGES = ("en", "es", "pt", "fr")


def names_of(code: str) -> Labels:
    """The everyday name of a country in four languages."""
    return filled(Labels, **{language: country_name(code, language) for language in LANGUAGES})


@lru_cache(maxsize=1)
def _numeric_codes() -> dict[str, str]:
    aliases = get_global("territory_aliases")
    return {
        meant[0]: number
        for number, meant in sorted(aliases.items())
        if number.isdigit() and len(meant) == 1 and number not in WITHDRAWN
    }


def numeric_code(code: str) -> str | None:
    """The three digits of ISO 3166-1 for an alpha-2 code, by CLDR; None where it has none."""
    return _numeric_codes().get(code)


def belonging(row: Row) -> Belonging:
    """A country in a group."""
    return filled(
        Belonging,
        group=row.group.id,
        country=row.country,
        role=row.row.role,
        since=row.row.since,
        **bounds("since_", row.row.since),
        until=row.row.until,
        **bounds("until_", row.row.until),
        row=f"/stated/members/{row.position}",
    )


def of_group(group: Group, views: Views) -> dict[str, Any]:
    """Who belongs to a group today, who did before, and its full members from one change to the next."""
    today = roll_of(group, views.today)
    rows = [
        Row(group, str(country), row, position)
        for position, row in enumerate(group.members)
        for country in row.countries
    ]
    return {
        "today": tuple(filled(InRole, role=role, countries=ids) for role, ids in today.now.items()),
        "former": today.former,
        "members": members_by_day(group),
        "belongings": tuple(belonging(row) for row in sorted(rows, key=lambda row: row.country)),
    }


def members_by_day(group: Group) -> tuple[Members, ...]:
    """The full members of a group from one change to the next, over all time."""
    begins = [date.min, *_changes(group)]
    ends = [day - timedelta(1) for day in begins[1:]]
    found: list[tuple[date, date | None, tuple[str, ...]]] = []
    for begin, end in zip(begins, [*ends, None], strict=True):
        countries = roll_of(group, begin).now.get(MemberRole.MEMBER, ())
        if found and found[-1][2] == countries:
            found[-1] = found[-1][0], end, countries
        else:
            found.append((begin, end, countries))
    return tuple(
        filled(
            Members,
            first_day=None if begin == date.min else begin.isoformat(),
            last_day=end.isoformat() if end else None,
            countries=countries,
        )
        for begin, end, countries in found
    )


def _changes(group: Group) -> list[date]:
    """The days on which the full members may be others than on the day before."""
    rows = [row for row in group.members if row.role in FULL]
    joined = {row.since.latest for row in rows if row.since}
    left = {row.until.earliest for row in rows if row.until} | ({group.ended.latest} if group.ended else set())
    return sorted((joined | {day + timedelta(1) for day in left if day < date.max}) - {date.min})
