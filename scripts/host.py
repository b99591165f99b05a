"""A static host as hosts are, on this machine: texts compressed, answers kept ten minutes, 404 for what is missing."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

COMPRESSED = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"})


class _Host(SimpleHTTPRequestHandler):
    def __init__(self, *args: Any, sent: Counter[str], **kwargs: Any) -> None:
        self.sent = sent
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        code = 200 if path.is_file() else 404
        path = path if code == 200 else Path(self.directory) / "404.html"
        body = path.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.sent[self.path] += len(body) + sum(map(len, self._headers_buffer))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def serving(site: Path, sent: Counter[str] | None = None) -> Iterator[str]:
    """The address at which a folder is served, with a slash at its end; `sent` counts the bytes of each answer."""
    counted = Counter[str]() if sent is None else sent
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(site), sent=counted))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
