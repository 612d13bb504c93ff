"""Knooppunt: base registers in, checked links and explained findings out. No Django, no clock.

Six verbs are all that a newcomer needs; `help(knooppunt.find)` says what goes in and what comes out::

    read      take a delivery of a register into a vault
    link      join the registers in it
    find      ask the rules which objects deserve a look
    explain   everything behind one finding
    forecast  next month by area, held against last year
    export    take findings out, with a reason

A vault is a folder. Who needs more finds it in the packages below: `knooppunt.vault`, `linkage`, `findings`,
`outlook`, `synthetic`, `disclosure`. `docs/how-to/a-finding-that-turned-out-right.md` walks the whole way.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knooppunt.api import explain, export, find, forecast, link, read

__all__ = ["explain", "export", "find", "forecast", "link", "read"]


def __getattr__(name: str) -> Any:
    """Import a verb when it is asked for (PEP 562): ibis comes along, half a second that others need not wait for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.api"), name)


def __dir__() -> list[str]:
    """What a newcomer sees."""
    return sorted(__all__)
