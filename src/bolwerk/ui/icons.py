"""The icons in use, by the name of the Tabler icon that draws them.

`python -m tests.tools.vendor` draws these, and only these, into the sprite `static/ui/icons.svg`. An icon never stands
without a word beside it. Add a name here, run the tool, commit both.
"""

ICONS = frozenset(
    {
        "address-book",
        "adjustments",
        "alert-triangle",
        "arrow-left",
        "arrow-right",
        "bell",
        "bookmark",
        "building",
        "building-community",
        "bulb",
        "calendar",
        "certificate",
        "chart-bar",
        "check",
        "checklist",
        "chevron-down",
        "chevron-left",
        "chevron-right",
        "chevron-up",
        "circle-check",
        "clock",
        "cloud-off",
        "coin",
        "database",
        "device-mobile",
        "door-exit",
        "dots",
        "download",
        "eye",
        "eye-off",
        "file-alert",
        "file-text",
        "filter",
        "first-aid-kit",
        "flag",
        "gift",
        "heart-handshake",
        "history",
        "home",
        "id-badge",
        "info-circle",
        "key",
        "keyboard",
        "language",
        "lifebuoy",
        "link",
        "list-details",
        "lock",
        "login",
        "logout",
        "mail",
        "map-pin",
        "menu-2",
        "message",
        "messages",
        "mood-angry",
        "moon",
        "network",
        "notes",
        "phone",
        "player-play",
        "plus",
        "printer",
        "scale",
        "search",
        "send",
        "settings",
        "shield",
        "shield-check",
        "shield-exclamation",
        "shield-lock",
        "sitemap",
        "sun",
        "trash",
        "upload",
        "user",
        "user-check",
        "user-off",
        "user-plus",
        "users",
        "x",
    }
)


class UnknownIconError(LookupError):
    """A page asks for an icon that is not in the sprite."""


def check_icon(name: str) -> str:
    """Return `name` when the sprite has it. Raises UnknownIconError, so that a typing error never ships."""
    if name not in ICONS:
        raise UnknownIconError(
            f"No icon '{name}' in the sprite: add it to bolwerk.ui.icons.ICONS and run the tool there."
        )
    return name
