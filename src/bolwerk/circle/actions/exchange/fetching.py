"""Fetching what another installation offers, from the address that an administrator gave, and from nowhere else.

Over https; the name is looked up once, every answer must lie on the public internet, and the line goes to that very
number, so that no name can lead elsewhere a moment later. No redirects, no more bytes or seconds than agreed (E 33).
"""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ssl import create_default_context
from typing import Any
from urllib.parse import SplitResult, urljoin

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from jsonschema import Draft202012Validator

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record_apart
from bolwerk.audit.rules.addresses import HERE, UnsafeAddressError, checked_address, is_outside
from bolwerk.circle.actions.exchange.receiving import bring_in
from bolwerk.circle.models import Incoming, Received, TrustedKey
from bolwerk.circle.queries.bundles import schema_of
from bolwerk.circle.queries.feed import feed_to_sign
from bolwerk.circle.rules.bundles import BUNDLE_BYTES, BundleRefusedError
from bolwerk.crypto.signing import is_signed

OK = 200
INDEX_BYTES = 512 * 1024
PIECE = 16 * 1024


class FeedUnreachableError(Exception):
    """What another installation offers could not be fetched. The text says why, to people."""

    def __init__(self, text: str | Promise) -> None:
        super().__init__(str(text))


@dataclass
class Looked:
    """What a look at a feed brought: bundles that wait, titles that were refused and why, and how many were known."""

    new: list[Incoming] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    known: int = 0
    left: int = 0


def look_at_feed(*, key: TrustedKey, by: Person, at: datetime) -> Looked:
    """Fetch what is new in the feed of an installation and let it wait, each bundle checked by itself.

    Raises FeedUnreachableError; what came before that stays.
    """
    loopback = settings.BOLWERK_MODE in {"test", "demo"}  # two installations on one machine, to try it out
    record_apart("circle.feed.fetched", subject=key.urn, actor=by.urn, at=at)
    told = _index(fetched(url=key.feed, limit=INDEX_BYTES, loopback=loopback), key)
    TrustedKey.objects.filter(pk=key.pk).update(feed_at=told["at"])
    looked, known = Looked(), _known(key)
    for item in told["items"]:
        if item["sequence"] <= known.get((item["kind"], item["item"]), 0):
            looked.known += 1
        elif len(looked.new) + len(looked.refused) >= settings.EXCHANGE_AT_ONCE:
            looked.left += 1
        else:
            data = fetched(url=urljoin(key.feed, item["file"]), limit=BUNDLE_BYTES, loopback=loopback)
            try:
                looked.new.append(bring_in(data=data, by=by, at=at))
            except BundleRefusedError as error:
                looked.refused.append((item["title"], str(error)))
    return looked


def _known(key: TrustedKey) -> dict[tuple[str, str], int]:
    """Of each item the version that came in, or that waits already."""
    known: dict[tuple[str, str], int] = {}
    for rows in (Received.objects.filter(origin=key), Incoming.objects.filter(origin=key)):
        known |= {(kind, str(item)): number for kind, item, number in rows.values_list("kind", "item", "sequence")}
    return known


def _index(data: bytes, key: TrustedKey) -> dict[str, Any]:
    """The list in these bytes, signed with this very key and no older one. Raises FeedUnreachableError."""
    try:
        told = json.loads(data)
        if not Draft202012Validator(schema_of("feed") or {}).is_valid(told):
            raise ValueError(told)
        moment = datetime.fromisoformat(told["at"])
        is_own = told["key"] == key.public
        is_own = is_own and is_signed(feed_to_sign(told), public=key.public, signature=told["signature"])
    except (ValueError, RecursionError):
        raise FeedUnreachableError(_("What lies at that address is no list of bundles.")) from None
    if not is_own or moment.tzinfo is None:
        raise FeedUnreachableError(_("The list at that address was not signed with the key that was compared."))
    if key.feed_at and moment < key.feed_at:
        raise FeedUnreachableError(_("The list at that address is older than the one of before."))
    return dict(told)


def fetched(*, url: str, limit: int, loopback: bool) -> bytes:
    """What lies at an address, at most `limit` bytes and a byte. Raises FeedUnreachableError."""
    try:
        parts = checked_address(url, loopback=loopback)
        with closing(_connection(parts, loopback=loopback)) as line:
            path = parts._replace(scheme="", netloc="").geturl() or "/"
            line.request("GET", path, headers={"Accept-Encoding": "identity"})
            answer = line.getresponse()
            if answer.status != OK:
                raise FeedUnreachableError(_("The other installation has nothing to offer at that address."))
            return b"".join(_pieces(answer, limit))
    except UnsafeAddressError:
        raise FeedUnreachableError(_("That address is not on the public internet, or has no https.")) from None
    except (OSError, HTTPException, UnicodeError):
        raise FeedUnreachableError(_("The other installation does not answer. Try again later.")) from None


def _pieces(answer: HTTPResponse, limit: int) -> Iterator[bytes]:
    until, room = time.monotonic() + settings.EXCHANGE_SECONDS, limit + 1
    while room > 0 and (piece := answer.read(min(PIECE, room))):
        if time.monotonic() > until:
            raise TimeoutError
        room -= len(piece)
        yield piece


def _connection(parts: SplitResult, *, loopback: bool) -> HTTPConnection:
    host = parts.hostname or ""
    seconds = settings.EXCHANGE_SECONDS
    if loopback and parts.scheme == "http" and host in HERE:
        return HTTPConnection(host, parts.port or 80, timeout=seconds)
    port = parts.port or 443
    numbers = [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not numbers or not all(is_outside(number) for number in numbers):
        raise UnsafeAddressError(host)
    return _ToThisNumber(host, port, number=numbers[0], seconds=seconds)


class _ToThisNumber(HTTPSConnection):
    """https to a number, with the certificate of the name."""

    def __init__(self, host: str, port: int, *, number: str, seconds: float) -> None:
        self.number, self.trusting = number, create_default_context()
        super().__init__(host, port, timeout=seconds, context=self.trusting)

    def connect(self) -> None:
        """Open the line without looking the name up again."""
        plain = socket.create_connection((self.number, self.port), timeout=self.timeout)
        self.sock = self.trusting.wrap_socket(plain, server_hostname=self.host)
