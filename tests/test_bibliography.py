"""One publication is one entry, however many records cite it."""

from __future__ import annotations

from conftest import catalogue_of

from generator.derive.bibliography import bibliography, by_tier

PROGRAMME = """id: {id}
name: {id}
summary: One sentence.
evidence: {{name: [s1]}}
sources:
  - {{id: s1, title: {title}, publisher: {publisher}, url: '{url}', tier: official}}
"""


def entries(*rows: tuple[str, str, str]) -> list[tuple[tuple[str, ...], tuple[str, ...], list[str]]]:
    files = {
        f"programmes/p{n}.yml": PROGRAMME.format(id=f"p{n}", title=title, publisher=publisher, url=url)
        for n, (title, publisher, url) in enumerate(rows)
    }
    return [(p.titles, p.publishers, [id for _, id in p.records]) for p in bibliography(catalogue_of(files))]


def test_the_same_address_is_one_publication_and_its_titles_are_kept() -> None:
    found = entries(
        ("History", "EUROsociAL", "https://eurosocial.eu/en/history/"),
        ("History of the programme", "EUROsociAL", "http://www.eurosocial.eu/en/history"),
        ("History", "EUROsociAL", "https://eurosocial.eu/en/history"),
    )
    assert found == [(("History", "History of the programme"), ("EUROsociAL",), ["p0", "p1", "p2"])]


def test_addresses_that_differ_in_their_query_are_two() -> None:
    assert len(entries(("A", "X", "https://x.example/?id=1"), ("A", "X", "https://x.example/?id=2"))) == 2


def test_publications_are_sorted_by_publisher_accents_aside_and_counted_by_tier() -> None:
    found = entries(
        ("A", "Zeta", "https://a.example"), ("B", "Économie", "https://b.example"), ("C", "Delta", "https://c.example")
    )
    assert [publishers[0] for _, publishers, _ in found] == ["Delta", "Économie", "Zeta"]
    files = {"programmes/p.yml": PROGRAMME.format(id="p", title="T", publisher="P", url="https://p.example")}
    assert {str(tier): n for tier, n in by_tier(bibliography(catalogue_of(files))).items()} == {"official": 1}
