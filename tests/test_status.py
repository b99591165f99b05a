"""Status of real agreements on chosen days: golden, read beside the records' own dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import base_files, tree_of

from generator.checking import check
from generator.derive import Views, derive
from generator.derive.agreements import AgreementLife
from generator.derive.membership import expand
from generator.model.catalogue import Catalogue
from generator.read import read_folder

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return check(read_folder(Path("content"))[0])[0]


@pytest.fixture(scope="module")
def views(catalogue: Catalogue) -> Views:
    return derive(catalogue, TODAY)


def on(life: AgreementLife, day: str, *parties: str) -> list[str]:
    """The headline, then each party, on a day: `status since date`, with what may change inside a partial date."""
    when = date.fromisoformat(day)
    standings = [life.on(when), *(life.party_on(party, when) for party in parties)]
    made = []
    for standing in standings:
        text = "nothing" if standing is None else f"{standing.status} since {standing.since}"
        if standing and standing.changing:
            text += f", changing in {standing.changing}"
        if standing and standing.span.maybe:
            text += f", perhaps {standing.span.maybe}"
        made.append(text)
    return made


CENTRAL_AMERICA = {
    "2007-06-15": ["nothing", "nothing", "nothing"],
    "2009-12-31": ["talks-suspended since 2009-07-01", "talks-suspended since 2009-07-01", "nothing"],
    "2010-03-15": [
        "talks-suspended since 2009-07-01, changing in 2010-03",
        "talks-suspended since 2009-07-01",
        "nothing",
    ],
    "2013-09-01": [
        "provisionally-applied since 2013-08-01",
        "provisionally-applied since 2013-08-01",
        "provisionally-applied since 2013-08-01",
    ],
    "2013-11-01": [
        "provisionally-applied since 2013-08-01",
        "provisionally-applied since 2013-08-01",
        "provisionally-applied since 2013-08-01",
    ],
    "2024-05-01": ["in-force since 2024-05-01", "in-force since 2024-05-01", "in-force since 2024-05-01"],
}


@pytest.mark.parametrize("day", CENTRAL_AMERICA)
def test_central_america_applies_country_by_country(views: Views, day: str) -> None:
    life = views.lives["eu-central-america-association-agreement"]
    assert on(life, day, "HN", "PA") == CENTRAL_AMERICA[day]


def test_central_america_has_three_days_of_provisional_application(views: Views) -> None:
    life = views.lives["eu-central-america-association-agreement"]
    assert on(life, "2013-11-30", "NI", "CR", "GT")[1:] == [
        "provisionally-applied since 2013-08-01",
        "provisionally-applied since 2013-10-01",
        "signed since 2012-06-29",
    ]


ANDEAN = {
    "2007-06-14": ["negotiating since 2007-06-14"] * 4,
    "2009-07-15": ["talks-suspended since 2008-07"] * 2
    + ["talks-suspended since 2008-07, changing in 2009-07", "talks-suspended since 2008-07"],
    "2012-12-31": [
        "signed since 2012-06-26",
        "signed since 2012-06-26",
        "left-talks since 2009-07",
        "talks-suspended since 2008-07",
    ],
    "2014-03-01": [
        "provisionally-applied since 2013-03-01",
        "provisionally-applied since 2013-08-01",
        "negotiating since 2014-01",
        "talks-suspended since 2008-07",
    ],
    "2024-11-01": ["in-force since 2024-11-01"] * 3 + ["talks-suspended since 2008-07"],
}


@pytest.mark.parametrize("day", ANDEAN)
def test_ecuador_leaves_the_talks_comes_back_and_accedes(views: Views, day: str) -> None:
    life = views.lives["eu-colombia-peru-ecuador-trade-agreement"]
    assert on(life, day, "CO", "EC", "BO") == ANDEAN[day]


CARIFORUM = {
    "2002-09-15": ["nothing", "nothing", "nothing"],
    "2008-10-15": ["signed since 2008-10-15", "initialled since 2007-12-16", "initialled since 2007-12-16"],
    "2008-12-29": [
        "provisionally-applied since 2008-12-29",
        "provisionally-applied since 2008-12-29",
        "initialled since 2007-12-16",
    ],
    "2010-01-01": [
        "provisionally-applied since 2008-12-29",
        "provisionally-applied since 2008-12-29",
        "signed since 2009-12-11",
    ],
    "2026-11-23": [
        "provisionally-applied since 2008-12-29",
        "provisionally-applied since 2008-12-29",
        "signed since 2009-12-11",
    ],
}


@pytest.mark.parametrize("day", CARIFORUM)
def test_haiti_signs_the_epa_and_does_not_apply_it(views: Views, day: str) -> None:
    assert on(views.lives["cariforum-eu-epa"], day, "GY", "HT") == CARIFORUM[day]


CHILE = {
    "eu-chile-association-agreement": {
        "2002-05-01": ["concluded since 2002-04-26"],
        "2003-02-01": ["provisionally-applied since 2003-02-01"],
        "2005-03-01": ["in-force since 2005-03-01"],
        "2025-06-01": ["in-force since 2005-03-01"],
        "2026-11-23": ["in-force since 2005-03-01"],
    },
    "eu-chile-advanced-framework-agreement": {
        "2017-11-16": ["negotiating since 2017-11-16"],
        "2022-12-31": ["concluded since 2022-12-09"],
        "2023-12-13": ["signed since 2023-12-13"],
        "2025-06-01": ["provisionally-applied since 2025-06-01"],
        "2026-11-23": ["provisionally-applied since 2025-06-01"],
    },
}


@pytest.mark.parametrize(("id", "day"), [(id, day) for id, days in CHILE.items() for day in days])
def test_chile_keeps_the_agreement_of_2002_though_a_successor_is_applied(views: Views, id: str, day: str) -> None:
    assert on(views.lives[id], day) == CHILE[id][day]


def test_the_trade_part_of_chile_was_replaced_on_its_day(views: Views) -> None:
    parts = views.lives["eu-chile-association-agreement"].parts_ended
    assert [(part.scope, str(part.date)) for part in parts] == [("trade", "2025-02-01")]


MERCOSUR = {
    "1999-06-15": ["nothing", "nothing"],
    "2004-10-15": ["negotiating since 1999-06, changing in 2004-10", "nothing"],
    "2024-12-06": ["concluded since 2024-12-06", "concluded since 2024-12-06"],
    "2026-03-15": ["signed since 2026-01-17", "signed since 2026-01-17"],
    "2026-11-23": ["signed since 2026-01-17", "provisionally-applied since 2026-05-01"],
}


@pytest.mark.parametrize("day", MERCOSUR)
def test_mercosur_is_signed_and_its_trade_agreement_applied(views: Views, day: str) -> None:
    lives = [views.lives[f"eu-mercosur-{name}-agreement"] for name in ("partnership", "interim-trade")]
    assert [on(life, day)[0] for life in lives] == MERCOSUR[day]


SAMOA = {
    "2018-09-15": ["nothing", "nothing", "nothing", "nothing"],
    "2021-04-30": [
        "initialled since 2021-04",
        "not-known since 2021-04",
        "not-known since 2021-04",
        "not-known since 2021-04",
    ],
    "2023-11-22": ["signed since 2023-11-15", "signed since 2023-11-22"] + ["not-known since 2021-04"] * 2,
    "2024-01-01": ["provisionally-applied since 2024-01-01", "signed since 2023-11-22, perhaps provisionally-applied"]
    + ["not-known since 2021-04"] * 2,
    "2024-07-29": [
        "provisionally-applied since 2024-01-01",
        "signed since 2023-11-22, perhaps provisionally-applied",
        "signed since 2024-07-29",
        "not-known since 2021-04",
    ],
}


@pytest.mark.parametrize("day", SAMOA)
def test_samoa_says_not_known_of_those_whom_no_source_names(views: Views, day: str) -> None:
    assert on(views.lives["samoa-agreement"], day, "KN", "TT", "JM") == SAMOA[day]


LOME = {
    "1975-03-01": ["signed since 1975-02-28", "not-known since 1975-02-28"],
    "1980-01-01": ["in-force since 1976-04-01", "not-known since 1975-02-28"],
    "1990-03-01": ["in-force since 1976-04-01", "not-known since 1975-02-28"],
    "1995-06-01": ["in-force since 1976-04-01", "not-known since 1975-02-28"],
    "2000-08-01": ["superseded since 2000-08-01", "superseded since 2000-08-01"],
}


@pytest.mark.parametrize("day", LOME)
def test_lome_names_no_state_until_it_is_replaced_for_all(views: Views, day: str) -> None:
    assert on(views.lives["lome-conventions"], day, "JM") == LOME[day]


def test_each_lome_text_has_its_life(views: Views) -> None:
    texts = views.lives["lome-conventions"].texts
    assert {name: [f"{span.status} {span.since}" for span in spans] for name, spans in texts.items()} == {
        "Lomé I": ["signed 1975-02-28", "in-force 1976-04-01", "not-known 1981-01-01"],
        "Lomé II": ["signed 1979-10-31", "in-force 1981-01-01", "not-known 1986-05-01"],
        "Lomé III": ["signed 1984-12-08", "in-force 1986-05-01", "not-known 1990-03-01"],
        "Lomé IV": ["signed 1989-12-15", "in-force 1990-03-01", "superseded 2000-08-01"],
    }


def test_the_eu_of_an_agreement_signed_in_2012_is_the_eu_of_that_day(catalogue: Catalogue) -> None:
    agreement = catalogue.find("agreement", "eu-colombia-peru-ecuador-trade-agreement")
    assert agreement is not None
    signed = next(event for event in agreement.events if event.event == "signed")
    members = expand(catalogue, "EU", signed.date)
    assert "GB" in members
    assert "HR" not in members
    assert len(members) == 27


@pytest.mark.parametrize(("step", "word"), [("replaced", "was replaced"), ("terminated", "was terminated")])
def test_a_part_that_ended_is_told_by_its_own_step(step: str, word: str) -> None:
    files = base_files()
    files["agreements/eu-andean.yml"] = files["agreements/eu-andean.yml"].replace(
        "events:\n", f"events:\n  - {{date: 2025-05-01, event: {step}, scope: trade, sources: [s1]}}\n", 1
    )
    assert f"its trade part {word} on" in tree_of(files)["agreements/eu-andean/index.md"]
