"""The two questions that every format must answer, and their answers from the models and by hand."""

from __future__ import annotations

from collections import Counter
from datetime import date

from generator.derive import Views
from generator.derive.status import Status
from generator.model.catalogue import Catalogue

BINDING = (Status.PROVISIONAL, Status.IN_FORCE)
BORDERS_THEME = "cross-border-cooperation"

CHILE_2010 = {"eu-chile-association-agreement"}
"""By hand: applied provisionally from 1 February 2003, in force from 1 March 2005, and not replaced since; the two
texts that are to follow it were signed in December 2023."""

BORDERS = {
    ("EUR", "eu-contribution"): 15_000_000 + 12_800_000 + 18_900_000 + 64_200_000 + 2_900_000,
    ("EUR", "total-cost"): 17_100_000 + 85_700_000,
}
"""By hand: EUROFRONT 15 million; Interreg Amazonia 12.8 and 18.9 million of the ERDF, total cost 17.1 million in the
first period; Interreg Caribbean 64.2 million of the ERDF and 2.9 million of the EDF, total cost 85.7 million. What is
part of a larger sum is left out, and sums of different basis are never added up."""


def bound(catalogue: Catalogue, views: Views, party: str, year: int) -> set[str]:
    """The agreements that certainly bound a party on some day of a year, from the models."""
    found = set()
    for agreement in catalogue.of("agreement"):
        for span in views.lives[agreement.id].parties.get(party, ()):
            if span.status in BINDING:
                begun = span.since is None or span.since.latest <= date(year, 12, 31)
                if begun and (span.until is None or span.until.earliest > date(year, 1, 1)):
                    found.add(agreement.id)
    return found


def committed(catalogue: Catalogue, theme: str) -> dict[tuple[str, str], int]:
    """The money of the programmes on a theme by currency and basis, from the models."""
    counted: Counter[tuple[str, str]] = Counter()
    for programme in catalogue.of("programme"):
        if theme in programme.themes:
            for money in (*programme.budget, *(sum for phase in programme.phases for sum in phase.budget)):
                if not money.part_of:
                    counted[money.currency, str(money.basis)] += int(money.amount)
    return dict(counted)
