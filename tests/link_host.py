"""A host on this machine that does what hosts on the web do to a program that asks them."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

Lines = dict[str, str]
"""The headers of a question, names in small letters."""
Reply = Callable[[socket.socket, Lines], None]
"""Answers one question over its connection; the server closes it afterwards."""


def page(title: str, words: str = "", *headers: str, status: str = "200 OK", charset: str = "utf-8") -> Reply:
    """A page of HTML."""
    html = f"<!doctype html><html><head><title>{title}</title></head><body><p>{words}</p></body></html>"
    return answer(status, html.encode(charset), "Content-Type: text/html; charset=utf-8", *headers)


def answer(status: str, body: bytes = b"", *headers: str) -> Reply:
    """Any answer that is complete."""

    def reply(connection: socket.socket, asked: Lines) -> None:
        length = f"Content-Length: {len(body)}"
        connection.sendall("\r\n".join([f"HTTP/1.1 {status}", length, *headers, "", ""]).encode() + body)

    return reply


def raw(*parts: bytes) -> Reply:
    """These bytes and no more."""

    def reply(connection: socket.socket, asked: Lines) -> None:
        for part in parts:
            connection.sendall(part)

    return reply


def to(address: str, status: str = "302 Found") -> Reply:
    """A redirect."""
    return answer(status, b"", f"Location: {address}")


def robots(text: str) -> Reply:
    """A robots.txt."""
    return answer("200 OK", text.encode(), "Content-Type: text/plain")


@dataclass
class Host:
    """What stands at each path; a path that is not there is answered with 404, unless there is an answer for all."""

    pages: dict[str, Reply] = field(default_factory=dict)
    otherwise: Reply = field(default_factory=lambda: page("Not found", status="404 Not Found"))
    asked: list[str] = field(default_factory=list)
    """Method and path of each question, in order."""
    headers: list[Lines] = field(default_factory=list)
    over: Event = field(default_factory=Event)
    """Set when the host is closed: whoever hangs stops hanging."""
    port: int = 0

    def at(self, path: str, name: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{name}:{self.port}{path}"

    def hang(self, connection: socket.socket, asked: Lines) -> None:
        """Say nothing."""
        self.over.wait(20)

    def drip(self, first: bytes) -> Reply:
        """Say some bytes, then an `x` every now and then, for ever."""

        def reply(connection: socket.socket, asked: Lines) -> None:
            connection.sendall(first)
            while not self.over.wait(0.02):
                connection.sendall(b"x")

        return reply

    def flood(self, first: bytes, part: bytes) -> Reply:
        """Say the same part for ever."""

        def reply(connection: socket.socket, asked: Lines) -> None:
            connection.sendall(first)
            while not self.over.is_set():
                connection.sendall(part)

        return reply


@contextmanager
def hosting(host: Host) -> Iterator[Host]:
    """Serve it on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        host.port = server.getsockname()[1]
        Thread(target=_serve, args=(server, host), daemon=True).start()
        try:
            yield host
        finally:
            host.over.set()


def _serve(server: socket.socket, host: Host) -> None:
    while not host.over.is_set():
        try:
            connection, _ = server.accept()
        except OSError:
            return
        Thread(target=_answer, args=(connection, host), daemon=True).start()


def _answer(connection: socket.socket, host: Host) -> None:
    try:
        with connection, connection.makefile("rb") as lines:
            first = lines.readline().decode("latin-1").split()
            read = iter(lambda: lines.readline().decode("latin-1").strip(), "")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in read)}
            if len(first) == 3:
                host.asked.append(f"{first[0]} {first[1]}")
                host.headers.append(headers)
                host.pages.get(first[1], host.otherwise)(connection, headers)
    except OSError:
        pass  # whoever asked has gone
