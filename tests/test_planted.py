"""A hundred mistakes, each planted alone into the small valid catalogue, over all kinds.

Each is told exactly once, on the line and column where a careful reader would put a finger, with the right code; of
the words that are misspelt, «did you mean» names the right one in at least nine of ten.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from conftest import base_files

from generator.checking import check
from generator.problems import Problem

P, A, S, R = "programmes/cohesion.yml", "agreements/eu-andean.yml", "dialogues/summit-2015.yml", "dialogues/summits.yml"
B, C, G, F = "border-areas/ecuador-peru.yml", "countries.yml", "groups.yml", "figures.yml"
O, T, I = "organisations.yml", "themes.yml", "pages/index.md"  # noqa: E741
NEW = ""


class Planted(NamedTuple):
    """What is written in place of what; « stands where the mistake is to be told."""

    path: str
    old: str
    new: str
    code: str
    meant: str = ""
    """For a misspelt word: the right one."""


TYPOS = (
    # fields
    Planted(P, "short_name: C", "«shrot_name: C", "unknown-field", "short_name"),
    Planted(P, "acronym:", "«acronim:", "unknown-field", "acronym"),
    Planted(P, "level: regional", "«Level: regional", "unknown-field", "level"),
    Planted(P, "\nstart: 2005-09", "\n«strat: 2005-09", "unknown-field", "start"),
    Planted(P, "    budget:", "    «buget:", "unknown-field", "budget"),
    Planted(P, "amount: 3", "«ammount: 3", "unknown-field", "amount"),
    Planted(P, "eu_countries:", "«eu-countries:", "unknown-field", "eu_countries"),
    Planted(P, "themes:", "«theme:", "unknown-field", "themes"),
    Planted(P, "website:", "«web_site:", "unknown-field", "website"),
    Planted(P, "summary:", "«sumary:", "unknown-field", "summary"),
    Planted(P, "border_areas:", "«border areas:", "unknown-field", "border_areas"),
    Planted(P, "value_chains:", "«value_chain:", "unknown-field", "value_chains"),
    Planted(P, "related: {agreements", "related: {«agreement", "unknown-field", "agreements"),
    Planted(P, "publisher:", "«editor:", "unknown-field", "publisher"),
    Planted(A, "parties: [EU", "«partys: [EU", "unknown-field", "parties"),
    Planted(A, "scope:", "«scop:", "unknown-field", "scope"),
    Planted(A, "accessed:", "«acessed:", "unknown-field", "accessed"),
    Planted(S, "series: {of", "series: {«off", "unknown-field", "of"),
    Planted(S, "outcomes:", "«outcoms:", "unknown-field", "outcomes"),
    Planted(B, "qualifier:", "«qualifer:", "unknown-field", "qualifier"),
    Planted(G, "since: 2013", "«sinse: 2013", "unknown-field", "since"),
    Planted(O, "part_of:", "«partof:", "unknown-field", "part_of"),
    Planted(T, "    alt_labels:", "    «altlabels:", "unknown-field", "alt_labels"),
    Planted(I, "description:", "«descripcion:", "unknown-field", "description"),
    # words of a vocabulary
    Planted(P, "level: regional", "level: «regoinal", "not-in-vocabulary", "regional"),
    Planted(P, "state: active", "state: «actve", "not-in-vocabulary", "active"),
    Planted(P, "role: lead", "role: «leed", "not-in-vocabulary", "lead"),
    Planted(P, "type: meeting", "type: «meetting", "not-in-vocabulary", "meeting"),
    Planted(P, "basis: eu-contribution", "basis: «EU contribution", "not-in-vocabulary", "eu-contribution"),
    Planted(P, "tier: official", "tier: «oficial", "not-in-vocabulary", "official"),
    Planted(A, "type: trade-agreement", "type: «trade agreement", "not-in-vocabulary", "trade-agreement"),
    Planted(A, "entry-into-force", "«entry-in-force", "not-in-vocabulary", "entry-into-force"),
    Planted(A, "event: signed, parties: [PE]", "event: «singed, parties: [PE]", "not-in-vocabulary", "signed"),
    Planted(S, "type: summit", "type: «sumit", "not-in-vocabulary", "summit"),
    Planted(C, "side: lac, iso3", "side: «LAC, iso3", "not-in-vocabulary", "lac"),
    Planted(C, "upper-middle", "«uper-middle", "not-in-vocabulary", "upper-middle"),
    Planted(O, "national-agency", "«national_agency", "not-in-vocabulary", "national-agency"),
    Planted(G, "role: observer", "role: «obsever", "not-in-vocabulary", "observer"),
    Planted(T, "match: broad", "match: «brod", "not-in-vocabulary", "broad"),
    Planted(F, "type: funding\n    label: Reg", "type: «fundings\n    label: Reg", "not-in-vocabulary", "funding"),
    # references, sources, currencies, evidence
    Planted(P, "countries: [CL, PE]", "countries: [«CHL, PE]", "unknown-reference", "CL"),
    Planted(P, "eu_countries: [ES]", "eu_countries: [«ESP]", "unknown-reference", "ES"),
    Planted(C, "part_of: FR", "part_of: «Fr", "unknown-reference", "FR"),
    Planted(P, "governance, social", "«goverance, social", "unknown-reference", "governance"),
    Planted(P, "social-development]", "«social_development]", "unknown-reference", "social-development"),
    Planted(P, "organisation: fiiapp", "organisation: «fiapp", "unknown-reference", "fiiapp"),
    Planted(P, "area: ecuador-peru", "area: «equador-peru", "unknown-reference", "ecuador-peru"),
    Planted(P, "[eu-andean]", "[«eu-andaen]", "unknown-reference", "eu-andean"),
    Planted(P, "[summit-2015]", "[«sumit-2015]", "unknown-reference", "summit-2015"),
    Planted(A, "regional_groups: [CAN]", "regional_groups: [«Can]", "unknown-reference", "CAN"),
    Planted(S, "of: summits", "of: «summit", "unknown-reference", "summits"),
    Planted(F, "part_of: allocation-2014-2020", "part_of: «allocation-2014-20", "unknown-reference",
            "allocation-2014-2020"),
    Planted(T, "broader: governance", "broader: «governence", "unknown-reference", "governance"),
    Planted(P, "currency: EUR", "currency: «EURO", "unknown-currency", "EUR"),
    Planted(F, "currency: EUR\n    qual", "currency: «eur\n    qual", "unknown-currency", "EUR"),
    Planted(P, "  level: editorial", "  «levle: editorial", "evidence-for-nothing", "level"),
    Planted(P, "about: start", "about: «strat", "evidence-for-nothing", "start"),
)  # fmt: skip

OTHERS = (
    # dates
    Planted(P, "\nstart: 2005-09", "\nstart: «09/2005", "bad-date"),
    Planted(A, "date: 2007-06,", "date: «28 June 2007,", "bad-date"),
    Planted(A, "2016-11-11", "«11.11.2016", "bad-date"),
    Planted(A, "2017-01-01", "«2017/1/1", "bad-date"),
    Planted(A, "2024-11-01", "«2024-11-31", "impossible-date"),
    Planted(S, "2015-06-10/2015-06-11", "«2015-06-10/11", "bad-date"),
    Planted(S, "date: 2015-06-11,", "date: «11 de junio de 2015,", "bad-date"),
    Planted(B, "date: 2016", "date: «circa 2016", "bad-date"),
    Planted(G, "founded: 1993-11-01", "founded: «1993-13-01", "impossible-date"),
    Planted(F, "period: 2014/2020\n    amount: 9", "period: «2014-2020\n    amount: 9", "bad-date"),
    Planted(P, "    end: 2010", "    end: «2004", "end-before-start"),
    Planted(S, "2015-06-10/2015-06-11", "«2015-06-11/2015-06-10", "end-before-start"),
    Planted(G, "until: 2020-01-31", "until: «1970-01-31", "end-before-start"),
    Planted(A, "2016-11-11", "«2018-11-11", "step-out-of-order"),
    # numbers and truth values
    Planted(P, "amount: 30000000", "amount: «'30,000,000'", "not-a-number"),
    Planted(P, "value: 47", "value: «about 47", "not-a-number"),
    Planted(S, "number: 8", "number: «VIII", "not-a-number"),
    Planted(B, "value: 1500000", "value: «1.5 million", "not-a-number"),
    Planted(F, "amount: 925000000", "amount: «EUR 925000000", "not-a-number"),
    Planted(C, "least_developed: false", "least_developed: «'no'", "wrong-type"),
    # shapes
    Planted(P, "countries: [CL, PE]", "countries: «CL", "wrong-type"),
    Planted(P, "name: Programme for social cohesion", "name: «[Programme for social cohesion]", "wrong-type"),
    Planted(P, "  start: [s1]", "  start: «s1", "wrong-type"),
    Planted(A, "parties: [EU, PE, EC]", "parties: «EU", "wrong-type"),
    Planted(S, "place: {city: Brussels, country: FR}", "place: «Brussels", "wrong-type"),
    Planted(T, "labels: {en: Social development}", "labels: «Social development", "wrong-type"),
    Planted(B, "summary: Coffee and cocoa grow on both sides.", "summary: «''", "wrong-type"),
    Planted(P, "{amount: 30000000, currency: EUR, ", "«{amount: 30000000, ", "missing-field"),
    Planted(R, "id: summits\nname: Summits of the two regions\ntype: series",
            "«id: summits\nname: Summits of the two regions", "missing-field"),
    Planted(O, "fiiapp-lima: {name: FIIAPP in Lima, ", "«fiiapp-lima: {", "missing-field"),
    Planted(I, "title: What the two regions do together\ndescription: Programmes, agreements and dialogues.",
            "«title: What the two regions do together", "missing-field"),
    # ids, references of another kind, sources
    Planted(R, "id: summits", "id: «summit", "id-mismatch"),
    Planted(C, "  CL: {side", "  «CHL: {side", "bad-id"),
    Planted(C, "  HR: {side: europe}", "  HR: {side: europe}\n  «XX: {side: europe}", "unknown-country-code"),
    Planted(F, "partners: [CAN]", "partners: [«fiiapp]", "wrong-kind"),
    Planted(B, "name: Ecuador–Peru", "name: Ecuador–Peru\naliases: [«Ecuador-Peru]", "bad-id"),
    Planted(R, "type: series", "aliases: [«summit-2015]\ntype: series", "duplicate-id"),
    Planted(P, "title: First meeting, type: meeting, date: 2006-03-01/2006-03-03, countries: [CL], sources: [s1]",
            "title: First meeting, type: meeting, date: 2006-03-01/2006-03-03, countries: [CL], sources: [«s2]",
            "undeclared-source"),
    Planted(A, "sources:\n  - {id: s1, title: The text",
            "sources:\n  - «{id: s2, title: Another, publisher: Nobody}\n  - {id: s1, title: The text",
            "unused-source"),
    Planted(S, "evidence: {date", "evidence: {«end: [s1], date", "evidence-for-nothing"),
    Planted(A, "parties: [PE], place", "parties: [«CL], place", "not-a-party"),
    Planted(T, "en: Governance, es: Gobernanza}", "en: Governance, es: Gobernanza}\n    broader: «social-development",
            "theme-loop"),
    # texts and addresses
    Planted(P, "website: https://", "website: «www.", "bad-url"),
    Planted(B, "'https://example.org/study'", "«'htps://example.org/study'", "bad-url"),
    Planted(P, "summary: Helped", "summary: «Helped <b>all</b>", "raw-html"),
    Planted(R, "summary: Heads", "summary: «'[Heads](javascript:alert)'#", "unsafe-link"),
    Planted(P, "short_name: Cohesion", "short_name: «Cohe\u202esion", "bad-text"),
    # files
    Planted(P, "level: regional", "«acronym: COH\nlevel: regional", "duplicate-key"),
    Planted(S, "type: summit", "«\ttype: summit", "tab-indent"),
    Planted(B, "  - {names: [Machala]}", "  - {names: «[Machala", "yaml-syntax"),
    Planted(R, "summary: Heads of state", "summary: Heads«: of state", "yaml-syntax"),
    Planted(P, "level: regional", "level: «&x regional", "anchor-or-alias"),
    Planted(P, "level: regional", "level: «!word regional", "yaml-tag"),
    Planted(I, "---\ntitle: What the two regions do together\ndescription: Programmes, agreements and dialogues.\n---",
            "«---\ntitle: What the two regions do together\ndescription: Programmes, agreements and dialogues.",
            "unclosed-front-matter"),
    Planted("programmes/another.yaml", NEW, "«id: another\n", "stray-file"),
    Planted("programmes/another.yml", NEW, "«", "empty-file"),
    Planted("dialogues/another.yml", NEW, "«{}", "empty-record"),
    Planted("pages/more.md", NEW, "«# More\n", "missing-front-matter"),
)  # fmt: skip

PLANTED = (*TYPOS, *OTHERS)


def planted(each: Planted) -> tuple[dict[str, str], tuple[int, int]]:
    """The files with the mistake, and where it is to be told."""
    files = base_files()
    if each.old:
        assert each.old in files[each.path], f"'{each.old}' is not in {each.path}"
        text = files[each.path].replace(each.old, each.new, 1)
    else:
        text = each.new
    before, mark, after = text.partition("«")
    assert mark, each
    files[each.path] = before + after
    return files, (before.count("\n") + 1, len(before) - before.rfind("\n"))


def told(each: Planted) -> tuple[Problem, ...]:
    return check(planted(each)[0])[1]


@pytest.mark.parametrize("each", PLANTED, ids=lambda each: re.sub(r"\W+", "-", f"{each.path}-{each.new}")[:60])
def test_each_is_told_once_on_its_spot(each: Planted) -> None:
    files, spot = planted(each)
    problems = check(files)[1]
    assert len(problems) == 1, "\n".join(map(str, problems))
    problem = problems[0]
    assert problem.place.path == each.path, problem
    assert problem.code.slug == each.code, problem
    assert (problem.place.line, problem.place.column) == spot, problem


def test_there_are_a_hundred_all_different_and_over_all_kinds() -> None:
    assert len(set(PLANTED)) == len(PLANTED) >= 100
    assert len(TYPOS) >= 40
    assert {each.path for each in PLANTED} >= {P, A, S, R, B, C, G, F, O, T, I}


MISSED: set[str] = set()
"""Words that lead to another than was meant, as they are written."""


def test_did_you_mean_is_right_in_nine_of_ten_typos() -> None:
    right = {each for each in TYPOS if f"Did you mean '{each.meant}'?" in told(each)[0].hint}
    missed = {each.new.partition("«")[2].partition(":")[0] for each in TYPOS if each not in right}
    assert missed <= MISSED
    assert len(right) >= 0.9 * len(TYPOS)
