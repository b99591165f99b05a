"""YAML as editors' programs read it, by the core schema of YAML 1.2: `NO` and dates are texts, 2012 is a number."""

from __future__ import annotations

import re
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
NULL = re.compile(r"(~|null|Null|NULL|)\Z")
TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
INTEGER = re.compile(r"[-+]?[0-9]+\Z")
OTHER_BASE = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")


def core_value(text: str) -> Any:
    """The value of the one document in a text."""
    node = yaml.compose(text, Loader=LOADER)
    return None if node is None else _value(node)


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(each) for each in node.value]
    return node.value if node.style else _plain(node.value)


def _plain(text: str) -> Any:
    if NULL.match(text):
        return None
    if text in TRUTH:
        return TRUTH[text]
    if INTEGER.match(text):
        return int(text)
    if OTHER_BASE.match(text):
        return int(text, 0)
    return float(text) if FLOAT.match(text) else text
