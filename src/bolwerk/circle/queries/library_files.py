"""The cards that come along, as files; a municipality puts its own in `<dir>/content/cards`, instead or besides."""

from collections.abc import Iterator
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from bolwerk.circle.rules.cards import CardContent, CardError, check_whole, read_card
from bolwerk.ui.content import read_yaml

CONTENT = Path(__file__).resolve().parent.parent / "content" / "cards"


def shipped_cards() -> Iterator[CardContent]:
    """Each card of a file that is right, the municipality's own before the one that comes along."""
    for file in card_files():
        try:
            yield card_in(file)
        except CardError:
            continue


def card_files() -> list[Path]:
    """Files with cards, by code."""
    own = Path(settings.BOLWERK_DIR) / "content" / "cards"
    files = {file.stem: file for folder in (CONTENT, own) for file in folder.glob("*.yaml")}
    return [files[name] for name in sorted(files)]


def card_in(file: Path) -> CardContent:
    """The card in a file. Raises CardError with a sentence."""
    try:
        raw = read_yaml(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        where = getattr(error, "problem_mark", None)
        line = _("line %(line)d") % {"line": where.line + 1} if where else type(error).__name__
        raise CardError(_("It cannot be read (%(where)s).") % {"where": line}) from None
    card = read_card({"code": file.stem, "number": 1, "language": "nl"} | raw if isinstance(raw, dict) else raw)
    check_whole(card)
    return card


def trouble_with_cards() -> Iterator[str]:
    """A sentence for each file that is not right."""
    for file in card_files():
        try:
            card_in(file)
        except CardError as error:
            yield _("The card in %(file)s is not used: %(why)s") % {"file": file, "why": error.text}
