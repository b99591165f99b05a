"""Figures: funding, trade and investment figures of the whole partnership."""

from __future__ import annotations

from pydantic import Field

from generator.model.evidence import Record
from generator.model.kind import Kind
from generator.model.parts import Basis, FigureRef, PartyRef, Qualifier
from generator.model.values import Currency, Line, Many, Moment, Number, Prose, Vocabulary


class FigureType(Vocabulary):
    """What a figure is about."""

    FUNDING = ("funding", "Funding")
    TRADE = ("trade", "Trade")
    INVESTMENT = ("investment", "Investment stock")
    COUNT = ("count", "Count")
    CLAIM = ("claim", "Claim")


class Flow(Vocabulary):
    """Which way, seen from the EU."""

    EXPORTS = ("exports", "EU exports")
    IMPORTS = ("imports", "EU imports")
    BOTH = ("exports-plus-imports", "Exports plus imports")
    BALANCE = ("balance", "Balance")
    OUTWARD = ("outward", "EU investment abroad")
    INWARD = ("inward", "Investment in the EU")


class Figure(Record):
    """One number with its period, scope and kind."""

    type: FigureType = Field(title="Type")
    label: Line = Field(title="What", description="As a reader would say it.")
    series: Line | None = Field(None, title="Series", description="Figures that may stand in one line.")
    period: Moment | None = Field(None, title="Period")
    amount: Number | None = Field(None, title="Amount", description="In units, not millions.")
    currency: Currency | None = Field(None, title="Currency")
    unit: Line | None = Field(None, title="Unit", description="Where it is not money.")
    qualifier: Qualifier | None = Field(None, title="How exact")
    basis: Basis | None = Field(None, title="Basis")
    flow: Flow | None = Field(None, title="Flow")
    scope: Line | None = Field(None, title="Scope")
    instrument: Line | None = Field(None, title="Instrument")
    partners: Many[PartyRef] = Field((), title="Partners")
    eu_aggregate: Line | None = Field(None, title="EU members counted")
    part_of: FigureRef | None = Field(None, title="Part of")
    note: Prose | None = Field(None, title="Note")

    @property
    def title(self) -> str:
        return str(self.label)


KIND = Kind("figure", Figure, "Figures", "Figure", file="figures.yml")
