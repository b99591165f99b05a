"""Activities that belong together become one programme: parent and children, as `related-activity` names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.iati.activity import Activity, Fault, Finding
from generator.iati.codes import CHILD, PARENT


@dataclass(frozen=True)
class Group:
    """A programme as the file has it: the activity at its head, and all below that, in the order of the file."""

    head: Activity
    children: tuple[Group, ...] = ()

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All of them, the head first."""
        return tuple(each.head for each in self.walk(lambda _: True))

    def walk(self, below: Callable[[Group], bool]) -> Iterator[Group]:
        """This group and those below it, from the top; `below` says whether to go on below one."""
        stack = [self]
        while stack:
            current = stack.pop()
            yield current
            if below(current):
                stack += reversed(current.children)


def group(activities: Iterable[Activity]) -> tuple[tuple[Group, ...], tuple[Finding, ...]]:
    """The groups, in the order of their heads, and relations that lead in a ring or to two parents.

    A parent that is not in the files makes no group: nothing is known of it, so its activities stand alone.
    """
    known = {one.identifier: one for one in activities}
    parents, findings = _parents(known)
    for identifier in known:
        if _is_in_ring(identifier, parents):
            one = known[identifier]
            message = f"{identifier} is its own parent by way of others; it stands alone."
            findings.append(Finding(one.file.name, one.line, Fault.RELATION.value, message))
            del parents[identifier]
    children: dict[str, list[str]] = defaultdict(list)
    for child in known:
        if child in parents:
            children[parents[child]].append(child)
    heads = [identifier for identifier in known if identifier not in parents]
    return tuple(_group(head, known, children) for head in heads), tuple(findings)


def _parents(known: dict[str, Activity]) -> tuple[dict[str, str], list[Finding]]:
    """The parent of each activity that has one in the files."""
    parents: dict[str, str] = {}
    findings = []
    for one in known.values():
        for kind, ref, line in one.related:
            child, parent = (one.identifier, ref) if kind == PARENT else (ref, one.identifier)
            if child not in known or parent not in known or child == parent or kind not in (PARENT, CHILD):
                continue
            if parents.setdefault(child, parent) != parent:
                message = f"{child} has a second parent, {parent}, beside {parents[child]}; the first is taken."
                findings.append(Finding(one.file.name, line, Fault.RELATION.value, message))
    return parents, findings


def _is_in_ring(identifier: str, parents: dict[str, str]) -> bool:
    seen = {identifier}
    current = parents.get(identifier)
    while current is not None and current not in seen:
        seen.add(current)
        current = parents.get(current)
    return current == identifier


def _group(identifier: str, known: dict[str, Activity], children: dict[str, list[str]]) -> Group:
    """Without recursion a chain of thousands of activities, each the parent of the next, would be built as well."""
    order, stack = [], [identifier]
    while stack:
        current = stack.pop()
        order.append(current)
        stack += reversed(children[current])
    made: dict[str, Group] = {}
    for current in reversed(order):
        made[current] = Group(known[current], tuple(made[child] for child in children[current]))
    return made[identifier]


def missing_parents(groups: Iterable[Group], known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Parents that no file holds, each with the heads that name them."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in groups:
        for kind, ref, _ in one.head.related:
            if kind == PARENT and ref not in known:
                found[ref].append(one.head.identifier)
    return {parent: tuple(heads) for parent, heads in sorted(found.items())}
