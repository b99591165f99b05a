"""Why records are related: each reason on small catalogues, and each claim on the real content checked anew."""

from __future__ import annotations

from functools import cache

import pytest
from conftest import HERE, base_files, catalogue_of

from generator.derive.related import CARRIES, COMPUTED, ORDER, Reason, Relation, related_views
from generator.model.catalogue import Catalogue, Key
from generator.read import read_folder

SAME = (Reason.SAME_PROGRAMME, Reason.SAME_AREA, Reason.SAME_COUNTRIES, Reason.SAME_THEME, Reason.SAME_BODY)
BACK = {
    Reason.REPLACED: Reason.REPLACED_BY,
    Reason.REPLACES: Reason.SUCCESSOR,
    Reason.PREVIOUS: Reason.NEXT,
    Reason.CAME_OUT_OF: Reason.LED_TO,
    Reason.NAMED: Reason.NAMED,
    Reason.HISTORY: Reason.HISTORY,
}
BACK |= {back: reason for reason, back in BACK.items()}


def programme(name: str, body: str = "") -> dict[str, str]:
    """A small programme, by its file."""
    return {f"programmes/{name}.yml": f"id: {name}\nname: {name}\nsummary: It worked.\n{body}"}


def of(files: dict[str, str], kind: str, id: str) -> tuple[Relation, ...]:
    """The relations of one record of a catalogue made of files."""
    return related_views(catalogue_of(files))[kind, id]


def only(files: dict[str, str], one: Key, other: Key) -> Relation:
    """What ties one record to another: once."""
    (found,) = (relation for relation in of(files, *one) if relation.key == other)
    return found


def test_what_a_record_names_is_related_at_both_ends() -> None:
    one, other = ("programme", "cohesion"), ("dialogue", "summit-2015")
    assert only(base_files(), one, other).reason is Reason.NAMED
    assert only(base_files(), other, one).reason is Reason.NAMED


def test_what_is_only_named_says_what_is_shared() -> None:
    found = only(base_files(), ("programme", "cohesion"), ("agreement", "eu-andean"))
    assert (found.reason, found.also) == (Reason.NAMED, Reason.SAME_THEME)
    assert found.shared == (("theme", "governance"), ("country", "PE"))


def test_an_outcome_ties_a_dialogue_and_what_it_led_to() -> None:
    dialogue, agreement = ("dialogue", "summit-2015"), ("agreement", "eu-andean")
    assert only(base_files(), dialogue, agreement).reason is Reason.LED_TO
    assert only(base_files(), agreement, dialogue).reason is Reason.CAME_OUT_OF


def test_meetings_of_a_series_know_the_one_before_and_after() -> None:
    text = base_files()["dialogues/summit-2015.yml"]
    later = (
        text.replace("summit-2015", "summit-2018").replace("2015-06-1", "2018-06-1").replace("number: 8", "number: 9")
    )
    files = base_files() | {"dialogues/summit-2018.yml": later}
    first, second, series = ("dialogue", "summit-2015"), ("dialogue", "summit-2018"), ("dialogue", "summits")
    assert only(files, first, second).reason is Reason.NEXT
    assert only(files, second, first).reason is Reason.PREVIOUS
    assert only(files, first, series).reason is Reason.SERIES
    assert of(files, *series) == ()


def test_a_link_names_a_successor_and_only_a_dated_event_says_that_it_took_over() -> None:
    text = base_files()["agreements/eu-andean.yml"]
    newer = text.replace("id: eu-andean", "id: newer") + "replaces: [eu-andean]\n"
    old, new = ("agreement", "eu-andean"), ("agreement", "newer")
    files = base_files() | {"agreements/newer.yml": newer}
    assert only(files, old, new).reason is Reason.SUCCESSOR
    assert only(files, new, old).reason is Reason.REPLACES
    event = "  - {date: 2025-01-01, event: replaced, agreement: newer, sources: [s1]}\nlegal:"
    files |= {"agreements/eu-andean.yml": text.replace("legal:", event)}
    assert only(files, old, new).reason is Reason.REPLACED_BY
    assert only(files, new, old).reason is Reason.REPLACED


def test_a_border_area_in_common_is_stronger_than_a_theme_and_a_country() -> None:
    body = "countries: [PE]\nthemes: [governance]\nborder_areas:\n  - {area: ecuador-peru}\n"
    found = only(base_files() | programme("other", body), ("programme", "cohesion"), ("programme", "other"))
    assert (found.reason, found.shared) == (Reason.SAME_AREA, (("border-area", "ecuador-peru"),))


@pytest.mark.parametrize(
    ("body", "shared"),
    [
        ("countries: [PE]\nthemes: [governance]\n", (("theme", "governance"), ("country", "PE"))),
        ("countries: [PE]\n", None),
        ("themes: [governance]\n", None),
        ("eu_countries: [ES]\nthemes: [governance]\n", None),
        ("regional_groups: [CAN]\nthemes: [governance]\n", None),
    ],
)
def test_a_theme_and_a_partner_country_are_both_needed(body: str, shared: object) -> None:
    found = {r.key: r for r in of(base_files() | programme("other", body), "programme", "cohesion")}
    relation = found.get(("programme", "other"))
    assert (relation.shared if relation else None) == shared


def test_the_union_is_no_country_in_common() -> None:
    text = base_files()["dialogues/summit-2015.yml"].replace("parties: [EU, CL]", "parties: [EU]")
    assert not of(base_files() | {"dialogues/summit-2015.yml": text.replace("agreement: eu-andean, ", "")}
                  | programme("other", "eu_countries: [FR]\nthemes: [governance]\n"), "programme", "other")  # fmt: skip


@pytest.mark.parametrize(("role", "found"), [("lead", True), ("implementer", True), ("funder", False), (None, False)])
def test_the_same_body_must_carry_both_out(role: str | None, found: bool) -> None:
    said = f", role: {role}" if role else ""
    body = f"participants:\n  - {{organisation: fiiapp{said}}}\n"
    relations = of(base_files() | programme("other", body), "programme", "other")
    assert [(r.reason, r.key) for r in relations] == ([(Reason.SAME_BODY, ("programme", "cohesion"))] if found else [])


def test_rare_themes_and_short_lists_of_countries_come_first_and_six_are_enough() -> None:
    files = base_files()
    for n in range(8):
        files |= programme(f"common-{n}", "countries: [CL, PE, EC]\nthemes: [governance]\n")
    files |= programme("near", "countries: [PE]\nthemes: [social-development]\n")
    files |= programme("self", "countries: [PE]\nthemes: [governance, social-development]\n")
    found = [r.id for r in of(files, "programme", "self")]
    assert found[:2] == ["cohesion", "near"]  # two themes in common, one rare theme; then the common one
    assert len(found) == COMPUTED


def test_border_areas_share_programmes_before_countries() -> None:
    area = "id: {id}\nname: {id}\ncountries: [{countries}]\nsummary: A border.\n"
    files = base_files() | {
        "border-areas/near.yml": area.format(id="near", countries="CL, PE"),
        "border-areas/far.yml": area.format(id="far", countries="CL"),
        "border-areas/worked.yml": area.format(id="worked", countries="CL"),
    }
    text = files["programmes/cohesion.yml"]
    files["programmes/cohesion.yml"] = text.replace("related:", "  - {area: worked}\nrelated:")
    found = of(files, "border-area", "ecuador-peru")
    assert [(r.reason, r.id) for r in found] == [(Reason.SAME_PROGRAMME, "worked"), (Reason.SAME_COUNTRIES, "near")]


def test_the_order_of_files_changes_nothing() -> None:
    files = base_files() | programme("other", "countries: [PE, CL]\nthemes: [governance]\n")
    turned = dict(reversed(files.items()))
    assert related_views(catalogue_of(files)) == related_views(catalogue_of(turned))


# -- the real content


@cache
def real() -> Catalogue:
    """The catalogue of the real content."""
    return catalogue_of(read_folder(HERE.parent / "content")[0])


def record(key: Key) -> object:
    """A record of the real content."""
    return real().records[key[0]][key[1]]


def test_nothing_is_related_to_itself_or_twice_and_the_strongest_reason_is_first() -> None:
    for key, relations in related_views(real()).items():
        keys = [relation.key for relation in relations]
        assert key not in keys
        assert len(set(keys)) == len(keys)
        ranks = [ORDER.index(relation.reason) for relation in relations]
        assert ranks == sorted(ranks), key
        assert sum(relation.reason in SAME for relation in relations) <= COMPUTED


def test_what_one_record_says_of_another_stands_at_both_ends() -> None:
    views = related_views(real())
    said = {(key, r.key): r.reason for key, relations in views.items() for r in relations if r.reason in BACK}
    assert len(said) > 200
    for (one, other), reason in said.items():
        assert said[other, one] is BACK[reason], (one, other)


def test_every_claim_of_something_in_common_is_true() -> None:
    checked = 0
    for key, relations in related_views(real()).items():
        for relation in relations:
            reason = relation.also or (relation.reason if relation.reason in SAME else None)
            if reason:
                checked += 1
                assert relation.shared
                assert all(_has(key, trait, reason) and _has(relation.key, trait, reason) for trait in relation.shared)
                kinds = {kind for kind, _ in relation.shared}
                assert reason is not Reason.SAME_THEME or kinds == {"theme", "country"}
    assert checked > 300


def _has(key: Key, trait: Key, reason: Reason) -> bool:
    """Whether a record holds what it is said to share, read from its written form."""
    kind, id = trait
    written = record(key).model_dump(mode="python")
    if kind == "theme":
        return id in written["themes"]
    if kind == "country":
        partner = real().records["country"][id].side == "lac"
        return partner and id in (*written.get("parties", ()), *written.get("countries", ()))
    if kind == "border-area":
        return id in [link["area"] for link in written["border_areas"]]
    if kind == "programme":
        there = record(trait).model_dump(mode="python")["border_areas"]
        return key[1] in [link["area"] for link in there]
    carried = [p["organisation"] for p in written["participants"] if p["role"] in CARRIES]
    return reason is Reason.SAME_BODY and kind == "organisation" and id in carried
