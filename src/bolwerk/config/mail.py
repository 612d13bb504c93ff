"""The mail server, by address."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from bolwerk.config.environment import NO_MAIL_SERVER, WrongSettingError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SECONDS_TO_WAIT = 20  # for a slow mail server, before the message waits for its next turn
STARTTLS_PORT, TLS_PORT = 587, 465  # RFC 6409 and RFC 8314


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
    Raises WrongSettingError for any other scheme, without a host, or with a port that is none.
    """
    if not url:
        return None
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == 0:
        raise WrongSettingError("BOLWERK_MAIL_URL", "", NO_MAIL_SERVER)  # it may hold a password: not repeated
    tls = parts.scheme == "smtps"
    refused = parse_qs(parts.query).get("starttls") == ["no"]
    return MailServer(
        host=parts.hostname,
        port=port or (TLS_PORT if tls else STARTTLS_PORT),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
        starttls=not tls and not refused and parts.hostname not in LOOPBACK,
    )
