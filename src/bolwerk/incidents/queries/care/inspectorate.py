"""Whether the labour inspectorate must hear of an incident, and where it is reached."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.translation import get_language

from bolwerk.incidents.models import Incident, InspectorateCase
from bolwerk.incidents.queries.kinds import CONTENT


@dataclass(frozen=True)
class Line:
    """Where to report, with its source, and whether somebody stands behind it."""

    phone: str
    source: str
    verified: bool

    @property
    def dialled(self) -> str:
        """The number as a phone dials it."""
        return self.phone.replace(" ", "")


def _read(language: str) -> Line:
    """The municipality's own line in `<dir>/content`, else the default."""
    file = f"inspectorate.{language}.yaml"
    own = Path(settings.BOLWERK_DIR) / "content" / file
    return Line(**yaml.safe_load((own if own.is_file() else CONTENT / file).read_text(encoding="utf-8")))


def inspectorate_line() -> Line:
    """The line of the labour inspectorate, in the language of the reader."""
    return _read("en" if (get_language() or "nl").startswith("en") else "nl")


def inspectorate_case(incident: Incident) -> InspectorateCase | None:
    """What was said about it; None where nothing must be reported. Asks nothing when it was fetched along."""
    found: InspectorateCase | None = getattr(incident, "inspectorate", None)
    return found
