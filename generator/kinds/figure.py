"""Figures: funding, trade and investment figures of the whole partnership."""

from __future__ import annotations

from pydantic import Field

from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.parts import Basis, FigureRef, PartyRef, Qualifier
from generator.model.values import Currency, Line, Many, Moment, Number, Prose, Vocabulary


class FigureType(Vocabulary):
    """What a figure is about."""

    FUNDING = ("funding", "Funding", "Money given or set aside.")
    TRADE = ("trade", "Trade", "Goods or services that were traded.")
    INVESTMENT = ("investment", "Investment stock", "What companies of one side own in the other, at a point in time.")
    COUNT = ("count", "Count", "A number of things, not of money.")
    CLAIM = ("claim", "Claim", "A sentence of a source that gives no number of its own, shown as a claim.")


class Flow(Vocabulary):
    """Which way, seen from the EU."""

    EXPORTS = ("exports", "EU exports", "From the EU to the partner.")
    IMPORTS = ("imports", "EU imports", "From the partner to the EU.")
    BOTH = ("exports-plus-imports", "Exports plus imports", "Both added up by the source.")
    BALANCE = ("balance", "Balance", "Exports less imports.")
    OUTWARD = ("outward", "EU investment abroad", "What those in the EU own in the partner.")
    INWARD = ("inward", "Investment in the EU", "What those in the partner own in the EU.")


class Figure(Record):
    """One number with its period, scope and kind."""

    type: FigureType = Field(title="Type", examples=["funding"])
    """What the figure is about. It decides in which table it stands."""
    label: Line = Field(
        title="What", examples=["EU regional programme for the Caribbean, 11th European Development Fund"]
    )
    """What the number says, as a reader would say it, with its year."""
    series: Line | None = Field(None, title="Series", examples=["car-regional"])
    """A word of your own that figures share when they may stand in one line, year after year."""
    period: Moment | None = Field(None, title="Period", examples=["2014/2020"])
    """The year or years that it is for."""
    amount: Number | None = Field(None, title="Amount", examples=["346000000"])
    """The number in units, not in millions. Leave it out for a claim without a number of its own."""
    currency: Currency | None = Field(None, title="Currency", examples=["EUR"])
    """For money: the currency that the source gives. Never convert."""
    unit: Line | None = Field(None, title="Unit", examples=["projects"])
    """What is counted, where it is not money."""
    qualifier: Qualifier | None = Field(None, title="How exact", examples=["more-than"])
    """Where the source gives the number as about, nearly, more than and so on."""
    basis: Basis | None = Field(None, title="Basis", examples=["allocation"])
    """For money: what the sum is a sum of. Sums of different sorts are never added up or drawn in one chart."""
    flow: Flow | None = Field(None, title="Flow", examples=["inward"])
    """For trade and investment: which way, seen from the EU."""
    scope: Line | None = Field(None, title="Scope", examples=["CARIFORUM, regional programme"])
    """Whom or what it covers, in the words of the source."""
    instrument: Line | None = Field(None, title="Instrument", examples=["11th European Development Fund"])
    """The fund or regulation that the money comes from."""
    partners: Many[PartyRef] = Field((), title="Partners", examples=["[CARIFORUM]"])
    """The countries or groups on the other side."""
    eu_aggregate: Line | None = Field(None, title="EU members counted", examples=["EU27 (2020)"])
    """Which members of the EU are counted. Without it a figure of the EU is in no chart."""
    part_of: FigureRef | None = Field(None, title="Part of", examples=["summit-package-2015"])
    """The figure that this one is a part of, so that nobody adds the two."""
    note: Prose | None = Field(None, title="Note", examples=["Signed on 11 June 2015."])
    """What a reader must know before using the number."""

    @property
    def title(self) -> str:
        return str(self.label)


KIND = Kind("figure", Figure, "Figures", "Figure", file="figures.yml")
