"""The codes of IATI that drafts need: few, closed lists of the standard, by what they mean here.

From the code lists of IATI 2.03 (github.com/IATI/IATI-Codelists, branch version-2.03, commit 75e827b, and
IATI-Codelists-NonEmbedded, commit 7aeece7; CC BY 4.0). Countries and currencies come from CLDR, sectors from the
themes; donors are those of the OECD's list of donors and agencies, as organisation identifiers use them.
"""

from __future__ import annotations

VERSIONS = ("2.01", "2.02", "2.03")
"""In the elements that are read here the three say the same by the same codes."""

PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"
DATE_TYPES = {
    PLANNED_START: "planned start",
    ACTUAL_START: "actual start",
    PLANNED_END: "planned end",
    ACTUAL_END: "actual end",
}
PARENT, CHILD = "1", "2"

DESCRIPTIONS = {"2": "Objectives", "3": "Target groups", "4": "Other description"}

STATUSES = {
    "1": ("planned", "Pipeline/identification"),
    "2": ("active", "Implementation"),
    "3": ("completed", "Finalisation"),
    "4": ("completed", "Closed"),
    "5": ("unknown", "Cancelled"),
    "6": ("unknown", "Suspended"),
}
"""Activity status: our state, and the word of the list. Ours has no word for what was cancelled or suspended."""
PLAIN_STATUSES = frozenset({"1", "2", "4"})
"""Those that our state says in full; of the others the note tells the word of the list."""

ROLES = {"1": "funder", "2": "", "3": "", "4": "implementer"}
ROLE_NAMES = {"1": "Funding", "2": "Accountable", "3": "Extending", "4": "Implementing"}

INDICATIVE, COMMITTED = "1", "2"
ORIGINAL, REVISED = "1", "2"

TRANSACTIONS = {
    "2": ("commitment", "Outgoing commitments"),
    "3": ("spent", "Disbursements"),
    "4": ("spent", "Expenditure"),
    "12": ("pledge", "Outgoing pledges"),
}
"""Transaction type: our basis, and what the sum is called. Money that comes in or goes back is counted only."""
TRANSACTION_TYPES = frozenset(str(number) for number in range(1, 14))

DAC_REGIONS = {
    "380": "West Indies, regional",
    "389": "Caribbean & Central America, regional",
    "489": "South America, regional",
    "498": "America, regional",
    "1031": "Caribbean, regional",
    "1032": "Central America, regional",
}
OTHER_DAC_REGIONS = frozenset(
    ("88 89 189 289 298 589 619 679 689 789 798 889 998 1027 1028 1029 1030 1033 1034 1035").split()
)
UN_REGIONS = {
    "419": "Latin America and the Caribbean",
    "5": "South America",
    "13": "Central America",
    "29": "Caribbean",
}
REGIONS = {("1", code): name for code, name in DAC_REGIONS.items()} | {
    ("2", code): name for code, name in UN_REGIONS.items()
}
"""Regions within Latin America and the Caribbean, by vocabulary (1 DAC, 2 UN) and code."""
WHOLE_REGION = {("2", "419"): "LAC", ("1", "498"): "LAC"}
"""Regions for which the catalogue has a group: its id."""

SECTOR_DAC_5, SECTOR_DAC_3 = "1", "2"
OWN_VOCABULARIES = frozenset({"98", "99"})
WEB_PAGE = "A12"
"""The category of a document that is the web page of the activity."""

EU_DONORS = frozenset("918 1 2 3 4 5 6 7 9 10 18 21 22 40 50 61 68 69 75 76".split())
"""The numbers of the EU institutions and of member states in `XM-DAC-<donor>`."""
EU_PREFIXES = ("XI-IATI-EC",)
EU_NAMES = ("European Commission", "European Union", "EU institutions", "European Investment Bank")
EU_SERVICES = {"XI-IATI-EC_INTPA": "dg-intpa"}
"""Identifiers of organisations of ours that are certain."""
