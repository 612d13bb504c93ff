"""Where a request comes from. A header says so only when a proxy of ours wrote it."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  no address to bind to: what a test or a socket without a peer has
IPV6_HOME = 64  # one customer has at least a /64 (RFC 6177): its addresses count as one


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _is_proxy(address: IPv4Address | IPv6Address) -> bool:
    return any(address in ip_network(proxy, strict=False) for proxy in settings.TRUSTED_PROXIES)


def address_of(request: HttpRequest) -> str:
    """The address of the client: the last one in X-Forwarded-For that is no proxy of ours, read from the right.

    What the client itself put in the header stands further to the left and is never reached.
    """
    address = _read(request.META.get("REMOTE_ADDR", ""))
    if address is None:
        return UNKNOWN
    for part in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if not _is_proxy(address):
            break
        hop = _read(part)
        if hop is None:
            break
        address = hop
    return str(address)


def network_of(address: str) -> str:
    """The address as it counts for limits: a /64 for IPv6, the address itself for IPv4."""
    read = _read(address)
    if isinstance(read, IPv6Address):
        return str(ip_network((read, IPV6_HOME), strict=False))
    return str(read or UNKNOWN)
