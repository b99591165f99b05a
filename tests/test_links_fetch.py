"""One question to one server: bounded in time and size whatever the server does, and to public machines alone."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Iterator
from threading import Event, Thread

import pytest
from link_host import Host, answer, hosting, page, raw

from generator.links import fetch as module
from generator.links.fetch import Answer, Failed, Limits, fetch, is_public
from generator.model.links import Reason

LIMITS = Limits(seconds=0.6, silence=0.3, size=50_000, private=True)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    made = Host()
    made.pages = {
        "/good": page("Título", "words"),
        "/silent": made.hang,
        "/slow-headers": made.drip(b"HTTP/1.1 200 OK\r\nX: "),
        "/slow-body": made.drip(OK + b"\r\n<title>Slow</title>"),
        "/endless": made.flood(OK + b"\r\n", b"<p>more</p>" * 1000),
        "/endless-header": made.flood(b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 60_000 + b"\r\n"),
        "/endless-chunks": made.flood(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nmore \r\n" * 1000),
        "/bomb": answer(
            "200 OK", gzip.compress(b"a" * 30_000_000), "Content-Type: text/html", "Content-Encoding: gzip"
        ),
        "/no-gzip": answer("200 OK", b"no gzip", "Content-Type: text/html", "Content-Encoding: gzip"),
        "/broken-chunks": raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzzz\r\n"),
        "/short": raw(OK + b"Content-Length: 900\r\n\r\nhalf of i"),
        "/nothing": raw(),
        "/noise": raw(b"\x00\xff\x00 no HTTP at all\r\n\r\n"),
        "/status": raw(b"HTTP/1.1 9999999 What\r\n\r\n"),
        "/pdf": answer("200 OK", b"%PDF-1.7 " + b"x" * 9000, "Content-Type: application/pdf", 'ETag: "7"'),
        "/caf%C3%A9?q=a%20b&c=%C3%A9": page("Café"),
    }
    with hosting(made):
        yield made


def reason_of(address: str, limits: Limits = LIMITS) -> Reason:
    """Why there was no answer."""
    with pytest.raises(Failed) as caught:
        fetch(address, {}, limits)
    return caught.value.reason


def test_a_page_comes_with_its_headers(host: Host) -> None:
    found = fetch(host.at("/good#part"), {"User-Agent": "us", "If-None-Match": '"3"'}, LIMITS)
    assert (found.status, found.type, found.charset) == (200, "text/html", "utf-8")
    assert "<title>Título</title>" in found.body.decode()
    assert host.asked[-1] == "GET /good"
    assert host.headers[-1]["user-agent"] == "us"
    assert host.headers[-1]["if-none-match"] == '"3"'
    assert host.headers[-1]["host"] == f"127.0.0.1:{host.port}"


def test_letters_of_any_language_in_an_address_are_sent_as_the_web_wants_them(host: Host) -> None:
    assert fetch(host.at("/café?q=a b&c=é"), {}, LIMITS).status == 200
    assert fetch(host.at("/caf%C3%A9?q=a%20b&c=%C3%A9"), {}, LIMITS).status == 200


def test_what_is_no_text_is_not_read(host: Host) -> None:
    found = fetch(host.at("/pdf"), {}, LIMITS)
    assert (found.type, found.body, found.headers["etag"]) == ("application/pdf", b"", '"7"')


@pytest.mark.parametrize("path", ["/silent", "/slow-headers"])
def test_who_does_not_come_to_an_end_is_left(host: Host, path: str) -> None:
    start = time.monotonic()
    assert reason_of(host.at(path)) is Reason.TIMEOUT
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("path", ["/slow-body", "/endless", "/endless-chunks", "/bomb", "/short", "/broken-chunks"])
def test_of_a_body_without_end_or_bounds_as_much_is_taken_as_fits(host: Host, path: str) -> None:
    start = time.monotonic()
    found = fetch(host.at(path), {}, LIMITS)
    assert found.status == 200
    assert 0 < len(found.body) <= LIMITS.size
    assert time.monotonic() - start < 20


def test_what_is_not_packed_as_it_says_has_no_words(host: Host) -> None:
    assert fetch(host.at("/no-gzip"), {}, LIMITS).body == b""


@pytest.mark.parametrize("path", ["/nothing", "/noise", "/status", "/endless-header"])
def test_what_is_no_http_is_told_as_that(host: Host, path: str) -> None:
    assert reason_of(host.at(path)) in (Reason.BAD_ANSWER, Reason.NO_CONNECTION)


def test_a_closed_door_an_unknown_name_and_no_tls(host: Host) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert reason_of(f"http://127.0.0.1:{port}/") is Reason.NO_CONNECTION
    assert reason_of("http://no-such-host.invalid/") is Reason.NO_HOST


def test_a_server_without_tls_where_tls_was_asked_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=lambda: server.accept()[0].sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"), daemon=True).start()
        assert reason_of(f"https://127.0.0.1:{server.getsockname()[1]}/") is Reason.CERTIFICATE


BAD = ["ftp://127.0.0.1/", "http://", "http://u:p@127.0.0.1/", "http://127.0.0.1:99999/", "http://[::1/", "file:///etc/passwd",
       "http://" + "a" * 70 + ".example/", "javascript:alert(1)"]  # fmt: skip


@pytest.mark.parametrize("address", BAD)
def test_what_is_no_address_on_the_web_is_not_asked(address: str) -> None:
    assert reason_of(address) in (Reason.BAD_REDIRECT, Reason.NO_HOST)


# -- machines that are not public


INNER = ["127.0.0.1", "localhost", "[::1]", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0",
         "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "100.64.0.1", "[fd00::1]", "[fe80::1]", "224.0.0.1"]  # fmt: skip


@pytest.mark.parametrize("name", INNER)
def test_a_machine_that_is_not_public_is_not_asked(host: Host, name: str) -> None:
    before = len(host.asked)
    assert reason_of(f"http://{name}:{host.port}/good", Limits(0.6, 0.3)) in (Reason.PRIVATE, Reason.NO_HOST)
    assert len(host.asked) == before


def test_what_is_public() -> None:
    assert all(map(is_public, ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]))
    assert not any(map(is_public, ["::ffff:10.0.0.1", "2002:7f00:1::", "255.255.255.255", "no number", "fe80::1%eth0"]))


def test_the_connection_goes_to_what_was_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves to a public machine first and to an inner one then leads nowhere but to the first."""
    told = iter(["93.184.216.34", "127.0.0.1"])
    tried: list[tuple[str, int]] = []

    def resolve(host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(told), port))]

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(module.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(module.socket, "create_connection", connect)
    assert reason_of("http://two-faced.example/", Limits()) is Reason.NO_CONNECTION
    assert tried == [("93.184.216.34", 80)]


def test_one_inner_number_among_public_ones_is_enough_to_stay_away(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(module.socket, "getaddrinfo", lambda *_, **__: found)
    assert reason_of("http://mixed.example/", Limits()) is Reason.PRIVATE


def test_a_certificate_whose_issuer_is_not_at_hand_is_no_failure() -> None:
    """The host may have forgotten to send it; an expired one is a failure."""
    error = ssl.SSLCertVerificationError()
    for code, reason in ((20, Reason.CHAIN), (21, Reason.CHAIN), (10, Reason.CERTIFICATE), (62, Reason.CERTIFICATE)):
        error.verify_code = code
        assert module._reason(error) is reason


def test_a_handshake_without_end_is_left() -> None:
    """A record of TLS that is said byte by byte."""
    over = Event()

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"\x16\x03\x03\x3f\xff")
            while not over.wait(0.02):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=drip, args=(server,), daemon=True).start()
        start = time.monotonic()
        assert reason_of(f"https://127.0.0.1:{server.getsockname()[1]}/") is Reason.TIMEOUT
        assert time.monotonic() - start < 20
    over.set()


def test_the_encoding_that_a_header_names() -> None:
    def named(type: str) -> str | None:
        return Answer(200, {"content-type": type}, b"").charset

    assert named('text/html; Charset="ISO-8859-1"; x=y') == "iso-8859-1"
    assert (named("text/html"), named("text/html; charset="), named("")) == (None, None, None)
