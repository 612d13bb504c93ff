"""To which addresses this house goes by itself: over https, and never to a place inside its own walls."""

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

HERE = frozenset({"127.0.0.1", "::1"})  # by number: a name could lead elsewhere


class UnsafeAddressError(ValueError):
    """Bolwerk goes out over https only, or to this machine itself where that was asked for."""


def checked_address(url: str, *, loopback: bool = True) -> SplitResult:
    """The parts of an address that may be gone to; plain http only to this machine, where `loopback` allows that.

    Raises UnsafeAddressError.
    """
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise UnsafeAddressError(url) from None
    here = loopback and parts.scheme == "http" and parts.hostname in HERE
    is_plain = not (parts.username or parts.password or parts.fragment)
    if not named or not is_plain or not (parts.scheme == "https" or here):
        raise UnsafeAddressError(url)
    return parts


def is_outside(number: str) -> bool:
    """Whether an IP address lies on the public internet: not here, not in the own network, not a metadata service."""
    try:
        found: IPv4Address | IPv6Address = ip_address(number.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    found = mapped or found
    return found.is_global and not found.is_multicast and not (found.is_reserved or found.is_unspecified)
