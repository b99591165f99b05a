"""A host that sends what the built file `_headers` says, read as Netlify and Cloudflare Pages read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

Rules = list[tuple[str, list[tuple[str, str]]]]


def rules_in(text: str) -> Rules:
    """The rules of a file: a path at the start of a line, below it a header a line."""
    rules: Rules = []
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("/"):
            rules.append((line, []))
        else:
            name, _, value = line.strip().partition(": ")
            rules[-1][1].append((name, value))
    return rules


def sent_for(rules: Rules, path: str) -> dict[str, str]:
    """What is sent for a path: the headers of all rules that fit, equal names joined by commas. Slashes at the end
    don't count, as at Netlify; Cloudflare is stricter, so fewer rules would fit there."""
    found: dict[str, list[str]] = {}
    for pattern, headers in rules:
        parts = [re.escape(part).replace(r"\*", ".*") for part in pattern.strip("/").split("/")]
        wanted = "/".join("[^/]+" if part.startswith(":") else part for part in parts)
        if re.fullmatch(wanted, path.strip("/")):
            for name, value in headers:
                found.setdefault(name, []).append(value)
    return {name: ", ".join(values) for name, values in found.items()}


class _Host(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        self.rules = rules
        super().__init__(*args, **kwargs)

    def end_headers(self) -> None:
        for name, value in sent_for(self.rules, self.path.partition("?")[0]).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def hosted(site: Path, text: str) -> Iterator[str]:
    """The address of a folder, served with the headers of the text of a file; without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(site), rules=rules_in(text)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
