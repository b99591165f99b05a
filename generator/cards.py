"""Pixels: the share cards of the built site as PNG, each made once and kept."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path

import vl_convert

FONTS = Path(__file__).parent / "fonts"
KEPT = 2000
"""Above so many kept pictures those that the last build did not need are deleted."""


def make_cards(site: Path, kept: Path) -> int:
    """Put a PNG in the place of each SVG below `assets/cards`; returns how many were not kept from before.

    A picture's name in the folder `kept` is the hash of its drawing, the fonts and the library that draws it.
    """
    drawings = sorted((site / "assets" / "cards").rglob("*.svg"))
    kept.mkdir(parents=True, exist_ok=True)
    base = hashlib.sha256(version("vl-convert-python").encode())
    for font in sorted(FONTS.glob("*.ttf")):
        base.update(font.read_bytes())
    keys = {path: _key(base, path) for path in drawings}
    missing = {key: path for path, key in keys.items() if not (kept / key).is_file()}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda item: _keep(kept / item[0], item[1]), sorted(missing.items())))
    for path, key in keys.items():
        path.with_suffix(".png").write_bytes((kept / key).read_bytes())
        path.unlink()
    _prune(kept, set(keys.values()))
    return len(missing)


def _key(base: hashlib._Hash, path: Path) -> str:
    made = base.copy()
    made.update(path.read_bytes())
    return f"{made.hexdigest()}.png"


def _keep(target: Path, drawing: Path) -> None:
    """Written aside and renamed, so that a build that is cut off leaves no half a picture."""
    aside = target.with_name(f"{target.name}.{os.getpid()}")
    aside.write_bytes(png_of(drawing.read_text(encoding="utf-8")))
    aside.replace(target)


def _prune(folder: Path, needed: set[str]) -> None:
    pictures = sorted(folder.glob("*.png"))
    if len(pictures) > KEPT:
        for path in pictures:
            if path.name not in needed:
                path.unlink(missing_ok=True)


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def png_of(svg: str) -> bytes:
    """A drawing as PNG. It is compressed anew: the library's own are three times as large."""
    _register_fonts()
    data = bytes(vl_convert.svg_to_png(svg, 1, 72))
    chunks = list(_chunks(data))
    pixels = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    body = zlib.compress(pixels, 6)
    kept = [(name, part) for name, part in chunks if name == b"IHDR"]
    parts = [*kept, (b"IDAT", body), (b"IEND", b"")]
    return data[:8] + b"".join(_chunk(name, part) for name, part in parts)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
