"""Pagefind's files in a fixed order: the same pages give the same bytes.

Pagefind 1.5 writes the filters, and the values of each, in the order of a hash table that has another seed in each run
(its issue 638), and names files by what they hold. Here they are sorted and named anew; all else of it is the same in
each run. Its files are CBOR (RFC 8949) behind a mark, compressed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping

MARK = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
FILTERS = 3
"""The place in the list of a language where its filters are: name, then the file's name."""

Value = int | str | list["Value"]


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Pagefind's files by name, with its filters and the lists that name them in order, under new names.

    Raises `ValueError` where the files have a form that is not known here.
    """
    entry = json.loads(files[ENTRY])
    made = {name: data for name, data in files.items() if not name.endswith((".pf_meta", ".pf_filter"))}
    for language in entry["languages"].values():
        whole = _list(unpack(files[f"pagefind.{language['hash']}.pf_meta"]))
        named = [_list(each) for each in _list(whole[FILTERS])]
        filters: list[Value] = []
        for name, file in sorted((str(name), str(file)) for name, file in named):
            data = pack(_sorted(unpack(files[f"filter/{file}.pf_filter"])))
            fresh = _name(file, data)
            made[f"filter/{fresh}.pf_filter"] = data
            filters.append([name, fresh])
        data = pack([*whole[:FILTERS], filters, *whole[FILTERS + 1 :]])
        language["hash"] = _name(language["hash"], data)
        made[f"pagefind.{language['hash']}.pf_meta"] = data
    made[ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return made


def _sorted(found: Value) -> Value:
    """A filter with its values in order: its name, then each value with the numbers of its pages."""
    name, values = _list(found)
    return [name, sorted(_list(values), key=lambda each: str(_list(each)[0]))]


def _list(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} stands where a list is expected")
    return value


def _name(old: str, data: bytes) -> str:
    language = old.partition("_")[0]
    return f"{language}_{hashlib.sha256(gzip.decompress(data)).hexdigest()[:10]}"


# -- the form of the files


def unpack(data: bytes) -> Value:
    """What a file of Pagefind holds. Raises `ValueError` for one that is not of whole numbers, texts and lists."""
    plain = gzip.decompress(data)
    if not plain.startswith(MARK):
        raise ValueError("the mark of Pagefind is not there")
    value, end = _read(plain, len(MARK))
    if end != len(plain):
        raise ValueError("something follows the value")
    return value


def pack(value: Value) -> bytes:
    """A value as a file of Pagefind, without the time at which it was made."""
    return gzip.compress(MARK + _written(value), 9, mtime=0)


def _read(data: bytes, at: int) -> tuple[Value, int]:
    kind, small = data[at] >> 5, data[at] & 31
    at += 1
    if small < 24:
        count = small
    elif small < 28:
        size = 1 << (small - 24)
        count, at = int.from_bytes(data[at : at + size], "big"), at + size
    else:
        raise ValueError(f"a length of the form {small} is not read here")
    if kind == 0:
        return count, at
    if kind == 3:
        return data[at : at + count].decode(), at + count
    if kind == 4:
        made: list[Value] = []
        for _ in range(count):
            value, at = _read(data, at)
            made.append(value)
        return made, at
    raise ValueError(f"a value of the sort {kind} is not read here")


def _written(value: Value) -> bytes:
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(3, len(text)) + text
    return _head(4, len(value)) + b"".join(map(_written, value))


def _head(kind: int, count: int) -> bytes:
    """The shortest form of a number (RFC 8949, section 4.2.1)."""
    if count < 24:
        return bytes([kind << 5 | count])
    size = next(size for size in range(4) if count < 1 << (8 << size))
    return bytes([kind << 5 | 24 + size]) + count.to_bytes(1 << size, "big")
