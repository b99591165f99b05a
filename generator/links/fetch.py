"""One question to one server: what leaves this machine goes through here.

An address is resolved once, and the connection goes to what was resolved: so no name can lead to a machine of the
network that this runs in. An answer is bounded in size and in time, whatever the server does.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Timer
from urllib.parse import quote, urlsplit

from generator.model.links import Reason

KEPT = frozenset({"content-type", "location", "etag", "last-modified", "retry-after", "date", "set-cookie"})
"""Headers of an answer that are looked at."""
LONGEST = 2000
"""Letters of such a header, and of an address."""
INCOMPLETE = frozenset({20, 21})
"""OpenSSL's codes for a certificate whose issuer is not at hand (X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY …): the
server forgot to send it, or nobody trusts it."""
HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True)
class Limits:
    """Bounds of one question."""

    seconds: float = 30
    """From the first word to the last of the answer."""
    silence: float = 15
    """Without a word."""
    size: int = 512 * 1024
    """Bytes that are read of a page, and that come out of a packed one."""
    private: bool = False
    """Whether machines may be asked that are not public: for tests."""


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    """Those that are looked at, by name in small letters."""
    body: bytes

    @property
    def type(self) -> str:
        """The media type, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the header names."""
        _, _, named = self.headers.get("content-type", "").lower().partition("charset=")
        return named.partition(";")[0].strip(" \"'") or None


class Failed(Exception):
    """A server gave no answer; the reason says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.label)
        self.reason = reason


def fetch(address: str, headers: Mapping[str, str], limits: Limits, method: str = "GET") -> Answer:
    """Ask one address, without following where it leads. Raises `Failed`.

    The body is read of HTML and plain text alone; of the rest the headers say enough.
    """
    connection = _connection(address, limits)
    over = Timer(limits.seconds, connection.abort)
    over.daemon = True
    over.start()
    try:
        connection.request(method, _target(address), headers=dict(headers))
        answer = connection.getresponse()
        if connection.aborted:  # an end of the line in the middle of the headers looks like their end
            raise Failed(Reason.TIMEOUT)
        kept = {name.lower(): value.strip()[:LONGEST] for name, value in answer.getheaders() if name.lower() in KEPT}
        made = Answer(answer.status, kept, b"")
        wanted = method == "GET" and (made.type in HTML or made.type.startswith("text/") or not made.type)
        packed = answer.getheader("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip")
        body = _body(answer, limits.size, packed=packed) if wanted else b""
        return Answer(answer.status, kept, body)
    except Failed:
        raise
    except Exception as error:
        raise Failed(Reason.TIMEOUT if connection.aborted else _reason(error)) from None
    finally:
        over.cancel()
        connection.close()


def _reason(error: Exception) -> Reason:
    """What an error of the library means. Anything that a server makes it raise is an answer not understood."""
    if isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in INCOMPLETE:
        return Reason.CHAIN
    if isinstance(error, ssl.SSLError):
        return Reason.CERTIFICATE
    if isinstance(error, TimeoutError):
        return Reason.TIMEOUT
    if isinstance(error, ConnectionRefusedError) or (isinstance(error, OSError) and error.errno is not None):
        return Reason.NO_CONNECTION
    return Reason.BAD_ANSWER


def _body(answer: http.client.HTTPResponse, size: int, *, packed: bool) -> bytes:
    """As much of the body as may be read. What breaks off is kept as far as it came."""
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if packed else None
    body = bytearray()
    with suppress(http.client.IncompleteRead, ConnectionError, zlib.error):
        while len(body) < size and (part := answer.read1(65536)):
            body += unpack.decompress(part, size - len(body)) if unpack else part
    return bytes(body[:size])


def _target(address: str) -> str:
    parts = urlsplit(address)
    path = quote(parts.path or "/", safe="%/:=&~+!$,;'@()*-._")
    return path + (f"?{quote(parts.query, safe='%/:=&?~+!$,;@()*-._[]')}" if parts.query else "")


# -- connections


class _Connection(http.client.HTTPConnection):
    """A connection to the machine that was resolved, which a timer may end."""

    def __init__(self, host: str, port: int, limits: Limits, context: ssl.SSLContext | None = None) -> None:
        super().__init__(host, port, timeout=limits.silence)
        self.limits, self.context = limits, context
        self.default_port = 443 if context else 80  # it stands in `Host` where it is another
        self.line: socket.socket | None = None
        """The socket, which the library forgets once it has the headers."""
        self.aborted = False

    def connect(self) -> None:
        """Try the machine's addresses one after the other."""
        last: Exception = Failed(Reason.NO_HOST)
        for number in addresses_of(self.host, self.port, private=self.limits.private):
            try:
                self.line = self.sock = socket.create_connection((number, self.port), self.limits.silence)
                if self.context:
                    safe = self.context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
                    self.line = self.sock = safe
                    safe.do_handshake()
                return
            except OSError as error:
                last = error
                if self.aborted:
                    break
        raise last

    def abort(self) -> None:
        """End it, from another thread; whoever waits for a word wakes up."""
        self.aborted = True
        if self.line:
            with suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)


def _connection(address: str, limits: Limits) -> _Connection:
    try:
        parts = urlsplit(address)
        port, host = parts.port, (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise Failed(Reason.BAD_REDIRECT) from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or len(address) > LONGEST:
        raise Failed(Reason.BAD_REDIRECT)
    context = ssl.create_default_context() if parts.scheme == "https" else None
    return _Connection(host, port or (443 if context else 80), limits, context)


def addresses_of(host: str, port: int, *, private: bool = False) -> list[str]:
    """The numbers of a host, as its name resolves now. Raises `Failed` where one of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Failed(Reason.NO_HOST) from None
    numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
    if not private and not all(map(is_public, numbers)):
        raise Failed(Reason.PRIVATE)
    return numbers


def is_public(number: str) -> bool:
    """Whether an IP address is one of the open internet: no private, loopback, link-local or reserved one."""
    try:
        address: IPv4Address | IPv6Address = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (inner is None or is_public(str(inner)))
