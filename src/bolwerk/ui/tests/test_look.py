"""One theme, one sprite: contrast is measured, icons are there, nothing comes from elsewhere."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

from bolwerk.ui import icons
from bolwerk.ui.icons import ICONS, UnknownIconError, check_icon
from bolwerk.ui.templatetags.ui import MissingAssetError, asset

STATIC = Path(icons.__file__).parent / "static" / "ui"
COLOURS = dict(
    re.findall(
        r"(--bw-[a-z0-9-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", (STATIC / "theme/bolwerk.css").read_text()
    )
)
SURFACES = ("ground", "paper", "raised")
TEXT = [
    *((ink, on) for ink in ("ink", "quiet", "house", "house-strong", "accent", "danger", "good") for on in SURFACES),
    *((ink, "house-tint") for ink in ("ink", "house", "house-strong", "quiet")),
    *(("ink", f"{tint}-tint") for tint in ("accent", "good", "danger")),
    ("on-house", "house"),
    ("on-house", "house-strong"),
    ("on-danger", "danger"),
    ("accent", "accent-tint"),
    ("good", "good-tint"),
    ("danger", "danger-tint"),
]
GRAPHICS = [
    *(("control", on) for on in ("paper", "raised")),
    *((f"series-{n}", "paper") for n in range(1, 5)),
    ("accent", "ground"),
]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, 1.4.3)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, side: int) -> float:
    light, dark = sorted((luminance(COLOURS[f"--bw-{name}"].split(", ")[side]) for name in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "surface"), TEXT)
def test_text_stands_out(ink: str, surface: str, side: int) -> None:
    assert contrast(ink, surface, side) >= 4.5


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "surface"), GRAPHICS)
def test_controls_and_charts_stand_out(line: str, surface: str, side: int) -> None:
    assert contrast(line, surface, side) >= 3


def test_the_sprite_has_exactly_the_icons_in_use() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    assert drawn == ICONS, "run `python -m tests.tools.vendor` after changing bolwerk.ui.icons"


def test_every_icon_that_a_page_asks_for_exists() -> None:
    root = Path(icons.__file__).parents[1]
    asked = {
        name
        for page in root.rglob("templates/**/*.html")
        for name in re.findall(r"\{% icon [\"']([^\"']+)[\"'] %\}", page.read_text(encoding="utf-8"))
    }
    assert asked <= ICONS


def test_an_unknown_icon_fails_loudly() -> None:
    with pytest.raises(UnknownIconError, match="unicorn"):
        check_icon("unicorn")


def test_a_missing_file_fails_loudly() -> None:
    with pytest.raises(MissingAssetError):
        asset("ui/nothing.css")


def test_an_icon_is_decoration_for_a_screen_reader() -> None:
    drawn = Template('{% load ui %}{% icon "flag" %}').render(Context())
    assert 'aria-hidden="true"' in drawn
    assert re.search(r'href="/static/ui/icons\.svg\?v=[0-9a-f]{10}#flag"', drawn)


@pytest.mark.parametrize("file", sorted(STATIC.rglob("*.css")), ids=lambda file: file.name)
def test_no_stylesheet_fetches_anything_elsewhere(file: Path) -> None:
    assert not re.search(r"url\(['\"]?(https?:)?//|@import", file.read_text(encoding="utf-8"))


def test_what_is_vendored_keeps_its_licence() -> None:
    names = {file.name for file in (STATIC / "vendor").iterdir()}
    assert {"utrecht.LICENSE.md", "htmx.LICENSE", "maplibre-gl.LICENSE.txt", "tabler.LICENSE"} <= names
