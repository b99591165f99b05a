"""A conversation with yaml-language-server over stdio, as VS Code has it: what it finds wrong, offers and explains.

Only what our check of the schemas needs of the protocol: open a text, wait for its faults, ask at a place.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

SETTINGS = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}, "schemas": {}},
    "http": {"proxy": "", "proxyStrictSSL": False},
}
"""As in `.vscode/settings.json`, but no schema is bound: each text names its own."""


@dataclass
class LanguageServer:
    """A running server; use it in a `with` block."""

    program: Path
    """The server's JavaScript."""
    folder: Path
    """The folder that is open in the editor."""
    _process: Any = None
    _asked: int = 0
    _faults: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)

    def __enter__(self) -> LanguageServer:
        command = ["node", str(self.program), "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        completion = {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        able = {"textDocument": {"completion": completion, "hover": {"contentFormat": ["markdown"]}},
                "workspace": {"configuration": True}}  # fmt: skip
        self.ask("initialize", {"processId": None, "rootUri": self.folder.as_uri(), "capabilities": able})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": SETTINGS})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()

    def open(self, path: Path, text: str) -> list[Mapping[str, Any]]:
        """What is wrong with a text, as if it stood in that file."""
        address = path.as_uri()
        self._faults.pop(address, None)
        document = {"uri": address, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while address not in self._faults:
            self._hear()
        return self._faults[address]

    def close(self, path: Path) -> None:
        """Forget a text."""
        self.tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})

    def offered(self, path: Path, line: int, column: int) -> list[Mapping[str, Any]]:
        """What may be put in at a place; lines and columns count from 0."""
        found = self._at("textDocument/completion", path, line, column)
        items: list[Mapping[str, Any]] = found["items"] if isinstance(found, dict) else found or []
        return items

    def explained(self, path: Path, line: int, column: int) -> str:
        """The text that is shown when the pointer rests on a place."""
        found = self._at("textDocument/hover", path, line, column)
        return str(found["contents"]["value"]) if found else ""

    def _at(self, method: str, path: Path, line: int, column: int) -> Any:
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}
        return self.ask(method, place)

    # -- the protocol

    def tell(self, method: str, what: Any) -> None:
        """Send what needs no answer."""
        self._send({"method": method, "params": what})

    def ask(self, method: str, what: Any) -> Any:
        """Send what needs an answer, and wait for it."""
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": what})
        while True:
            message = self._hear()
            if message.get("id") == number and "method" not in message:
                return message.get("result")

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        """The next message; what the server asks or reports by itself is dealt with on the way."""
        length = 0
        while line := self._process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            raise SystemExit("yaml-language-server ended before it answered.")
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._faults[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        wanted = [item.get("section") for item in message["params"]["items"]]
        return [SETTINGS.get(section) for section in wanted]
