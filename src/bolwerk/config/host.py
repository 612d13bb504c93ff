"""Host mode: an installation that hosts learning circles and does nothing else, so the other rooms are not there.

Pure functions over the lists of the settings: what belongs to a room that is closed is left out of each of them.
"""

from bolwerk.config import environment

CLOSED = ("bolwerk.incidents", "bolwerk.hub", "bolwerk.overview.safety")  # every room but the circle, and their bridge
APPS_CLOSED = frozenset({"incidents", "hub"})  # the same rooms, as settings by app name them


def host_mode() -> bool:
    """Whether the environment says so: BOLWERK_HOST_MODE=yes."""
    return environment.read("BOLWERK_HOST_MODE") == "yes"


def is_open(address: str, *, host: bool) -> bool:
    """Whether what this dotted path names belongs to a part of the house that is open."""
    return not host or not any(address == room or address.startswith(f"{room}.") for room in CLOSED)


def open_ones(addresses: list[str], *, host: bool) -> list[str]:
    """Those of these addresses that belong to a part of the house that is open, in their order."""
    return [address for address in addresses if is_open(address, host=host)]


def open_apps(by_app: dict[str, str], *, host: bool) -> dict[str, str]:
    """What the apps tell by name, of those that are open."""
    return {app: address for app, address in by_app.items() if is_open(address, host=host)}
