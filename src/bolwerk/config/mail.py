"""The mail server, by address."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SECONDS_TO_WAIT = 20  # for a slow mail server, before the message waits for its next turn
STARTTLS_PORT, TLS_PORT = 587, 465  # RFC 6409 and RFC 8314


class BadMailAddressError(ValueError):
    """BOLWERK_MAIL_URL is not an address of a mail server."""


@dataclass(frozen=True)
class MailServer:
    """Where mail goes, and how the line is protected."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: bool = False
    starttls: bool = False


def from_url(url: str) -> MailServer | None:
    """The server at `smtp://user:password@host:port` or `smtps://…`; None for an empty address.

    smtp:// to another machine speaks STARTTLS unless the address ends in `?starttls=no`.
    Raises BadMailAddressError for any other scheme or without a host.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadMailAddressError("BOLWERK_MAIL_URL should look like smtps://user:password@mail.example.nl")
    tls = parts.scheme == "smtps"
    refused = parse_qs(parts.query).get("starttls") == ["no"]
    return MailServer(
        host=parts.hostname,
        port=parts.port or (TLS_PORT if tls else STARTTLS_PORT),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        starttls=not tls and not refused and parts.hostname not in LOOPBACK,
    )
