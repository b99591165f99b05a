"""A Hypothesis strategy for each type of field, hence for every kind: records as they would be *written*.

What is drawn are texts, truth values, lists and mappings; whether they pass is for `check` to say. References
lead into the catalogue of `tests/base`.
"""

from __future__ import annotations

from collections.abc import Callable
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import yaml
from conftest import base_files
from hypothesis import strategies as st

from generator.checking import check
from generator.model.evidence import Item
from generator.model.kind import Kind
from generator.model.parts import AreaLink, Participant
from generator.model.values import (
    UNSEEN,
    Currency,
    Date,
    End,
    FieldPath,
    Line,
    Model,
    Moment,
    Number,
    Prose,
    Reference,
    RefersTo,
    SourceId,
    Url,
    Vocabulary,
    Whole,
)

Text = st.SearchStrategy[str]
BASE, _ = check(base_files())
SOURCES = ("s1", "s2")

# -- texts

HOSTILE = (
    "<script>alert(1)</script>", "<b", "</p></div>", "<!-- x", "]]>", "a < b > c", "&amp; &#60; &lt; &", "& <i>",
    "{{ 7 * 7 }}", "{% raw %}", "{n} {0} %s %(x)s", "}}{", "a|b", "| a | b |", "|---|", "`code`", "``", "``` x",
    "*a* _b_ **c** __d__", "[a](b)", "[a]: b", "![a](b)", "[TOC]", "[^1]", "# a", "#", "a #", "1. a", "1) a", "2012.",
    "- a", "+ a", "* a", "> a", "---", "===", "~~~", "~~a~~", "!!! note", "{: #id }", "{#id .x}", "^a^", "$x$", ":a:",
    "\\", "\\*", "a\\", "\"a\" 'b' «c»", "http://example.org", "<https://example.org>", "www.example.org", "a@b.org",
    "😀", "İstanbul", "a\u2028b", "\ufeffa", "a\u200bb", "عربي", "a\u00a0b", "  a  b  ", "\ta", "a\n b", "null", "NO",
    "010", "12:30", "~", "None", "a: b", "a -- b", "x" * 300,
)  # fmt: skip
"""Texts in which YAML, Jinja, Markdown or HTML could see more than letters."""


def _has_letters(text: str) -> bool:
    return bool(text.strip())


def texts() -> Text:
    """Any text that may stand in a record."""
    characters = st.characters(
        exclude_categories=("Cs", "Cc"), exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    drawn = st.text(characters, min_size=1, max_size=20)
    drawn = drawn.filter(lambda text: not UNSEEN.search(text))
    mixed = st.lists(st.sampled_from(HOSTILE) | drawn, min_size=1, max_size=3).map(" ".join)
    return (st.sampled_from(HOSTILE) | drawn | mixed).filter(_has_letters)


def prose() -> Text:
    """Markdown: plain sentences, markup, and any text."""
    markup = ("A sentence.", "Two.\n\nParagraphs.", "- a\n- b", "*a* [b](https://example.org)", "a `b`", "1. a\n2. b")
    return st.sampled_from(markup) | texts()


# -- small values


def dates() -> Text:
    """A date of the subset."""
    year = st.integers(1900, 2040).map("{:04}".format) | st.integers(1, 9999).map("{:04}".format)
    month = st.dates().map(lambda day: day.isoformat()[:7])
    day = st.dates().map(lambda day: day.isoformat())
    decade = st.integers(1, 999).map("{:03}X".format)
    near = st.sampled_from(("2005", "2012-06", "2012-06-26", "2026-11", "2027"))
    return st.builds("{}{}".format, year | month | day | decade | near, st.sampled_from(("", "", "", "~", "?", "%")))


def intervals(ends: Text) -> Text:
    """A stretch of time."""
    return st.builds("{}/{}".format, dates(), ends)


def numbers() -> Text:
    """A plain number."""
    whole = st.integers(-(10**17), 10**17).map(str) | st.sampled_from(("0", "-0", "3400000000", "1500000"))
    return st.builds("{}{}".format, whole, st.sampled_from(("", "", ".5", ".250")))


def urls() -> Text:
    """An address on the web."""
    return st.sampled_from(
        ("https://example.org/", "http://example.org:80/a(b)?c=d&e='f'#g", "https://é.example/ü%20[x]")
    )


PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    Line: texts(),
    Prose: prose(),
    Url: urls(),
    SourceId: st.sampled_from(SOURCES),
    FieldPath: st.nothing(),  # drawn from the fields that are there
    bool: st.booleans(),
    str: st.nothing(),  # an id
}
"""By the class of the field."""
WRITTEN: list[tuple[Any, st.SearchStrategy[Any]]] = [
    (Date, dates()),
    (Moment, dates() | intervals(dates() | st.sampled_from(("", "..")))),
    (End, dates() | st.just("..")),
    (Number, numbers()),
    (Whole, st.integers(0, 10**6).map(str)),
    (Currency, st.sampled_from(("EUR", "USD", "JPY", "XAU", "DEM"))),
]
"""By the annotation, for types that are told apart by how they are read."""


# -- fields and models


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """What may be written for a field with this annotation."""
    found = next((strategy for annotation, strategy in WRITTEN if hint == annotation), None)
    if found is not None:
        return found
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        refers = next((each for each in arguments[1:] if isinstance(each, RefersTo)), None)
        return references(refers.kinds) if refers and arguments[0] is Reference else values_of(arguments[0])
    if origin in (Union, UnionType):
        return st.one_of([values_of(each) for each in arguments if each is not NoneType])
    if origin is tuple:
        return st.lists(values_of(arguments[0]), max_size=2)
    if isinstance(hint, type) and issubclass(hint, Vocabulary):
        return st.sampled_from([str(word) for word in hint])
    if isinstance(hint, type) and issubclass(hint, Model):
        return models(hint)
    return PLAIN[hint]


def references(kinds: tuple[str, ...]) -> Text:
    """The id of a record of the base."""
    return st.sampled_from([id for kind in kinds for id in BASE.records[kind]])


def models(model: type[Model]) -> st.SearchStrategy[dict[str, Any]]:
    """What may be written for a nested model or an item of a list."""
    return st.deferred(lambda: _fields(model, leave_out=("unverified",))).flatmap(lambda made: _completed(model, made))


def _fields(model: type[Model], leave_out: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    hints = get_type_hints(model, include_extras=True)
    needed, optional = {}, {}
    for name, field in model.model_fields.items():
        if name not in leave_out:
            (needed if field.is_required() else optional)[field.alias or name] = values_of(hints[name])
    return st.fixed_dictionaries(needed, optional=optional)


def _completed(model: type[Model], made: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An item with the fields of it that its sources do not quite say."""
    record = {Participant: "organisation", AreaLink: "area"}.get(model)
    if record in made:  # a record, or a text for what has none
        made = {name: value for name, value in made.items() if name != "text"}
    elif record:
        made = {**made, "text": made.get("text", "36 agencies")}
    filled = [name for name, value in made.items() if value not in ([], {})]
    if not issubclass(model, Item) or not filled:
        return st.just(made)
    some = st.lists(st.sampled_from(filled), max_size=1)
    return some.map(lambda names: {**made, "unverified": names} if names else made)


# -- records

OWN = ("id", "aliases", "evidence", "disagreements", "sources")


def records(kind: Kind) -> st.SearchStrategy[dict[str, Any]]:
    """The fields of a record of a kind, as written, but for its id."""
    return _fields(kind.model, leave_out=OWN).map(lambda made: _tidy(kind, made)).flatmap(lambda m: _sourced(kind, m))


def _tidy(kind: Kind, made: dict[str, Any]) -> dict[str, Any]:
    """Mend what a rule over several fields would refuse in most draws."""
    if kind.name == "dialogue" and "date" in made:
        made = {name: value for name, value in made.items() if name not in ("start", "end")}
    if kind.name == "agreement":
        made = {**made, "events": [_of_parties(event, made["parties"]) for event in made.get("events", [])]}
    return made


def _of_parties(event: dict[str, Any], parties: list[str]) -> dict[str, Any]:
    """An event with a reason for whatever it may be against, that names none but parties."""
    named = {name: [p for p in event[name] if p in parties] for name in ("parties", "except") if name in event}
    return {**event, "reason": "Drawn.", **named}


def _sourced(kind: Kind, made: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The record with evidence for some of its fields, and the publications that it names."""
    filled = [name for name, value in made.items() if value not in ([], {}) and name != "body"]
    backing: st.SearchStrategy[Any] = st.just("editorial") | st.lists(st.sampled_from(SOURCES), max_size=2)
    told = st.dictionaries(st.sampled_from(filled), backing, max_size=2)
    about = st.lists(st.fixed_dictionaries({"about": st.sampled_from(filled), "text": prose()}), max_size=1)
    listed = st.fixed_dictionaries(
        {"title": texts(), "publisher": texts()}, optional={"url": urls(), "accessed": dates()}
    )

    def put(
        evidence: dict[str, Any], disputes: list[Any], first: dict[str, Any], second: dict[str, Any]
    ) -> dict[str, Any]:
        if kind.file:  # the sources stand at the top of the file
            return {**made, "evidence": evidence, "disagreements": disputes}
        sources = [{"id": id, **each} for id, each in zip(SOURCES, (first, second), strict=True)]
        evidence = {**evidence, filled[0]: list(SOURCES)}
        return {**made, "evidence": evidence, "disagreements": disputes, "sources": sources}

    return st.builds(put, told, about, listed, listed)


# -- files


class _Dumper(yaml.SafeDumper):
    """Writes a value that stands twice twice: anchors are refused."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(value: Any) -> str:
    """A value as YAML."""
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6))


def file_of(kind: Kind, id: str, fields: dict[str, Any]) -> Callable[[dict[str, str]], dict[str, str]]:
    """Puts a record into a catalogue: in a file of its own, or into the table of its kind."""

    def put(files: dict[str, str]) -> dict[str, str]:
        if kind.file:
            table = yaml.safe_load(files[kind.file])
            return files | {kind.file: written({**table, "records": {**table["records"], id: fields}})}
        if kind.name == "page":
            front = {name: value for name, value in fields.items() if name != "body"}
            return files | {f"pages/{id}.md": f"---\n{written(front)}---\n{fields['body']}\n"}
        return files | {f"{kind.folder}/{id}.yml": written({"id": id, **fields})}

    return put


def id_of(kind: Kind) -> str:
    """An id for one more record of a kind."""
    return {"country": "JM", "group": "DRAWN"}.get(kind.name, "drawn")


@st.composite
def drawn_files(draw: st.DrawFn, kinds: tuple[Kind, ...]) -> dict[str, str]:
    """The base with one more record of each of these kinds, where what was drawn passes."""
    files = base_files()
    for kind in kinds:
        fuller = file_of(kind, id_of(kind), draw(records(kind)))(files)
        if not check(fuller)[1]:
            files = fuller
    return files
