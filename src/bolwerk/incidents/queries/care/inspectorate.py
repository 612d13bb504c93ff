"""Whether the labour inspectorate must hear of an incident, and where it is reached."""

from dataclasses import dataclass

from bolwerk.incidents.models import Incident, InspectorateCase, InspectorateStep
from bolwerk.incidents.queries.kinds import CONTENT
from bolwerk.ui.content import content_file, content_language, read_yaml


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
    file = content_file(CONTENT, f"inspectorate.{language}.yaml")
    return Line(**read_yaml(file.read_text(encoding="utf-8")))


def inspectorate_line() -> Line:
    """The line of the labour inspectorate, in the language of the reader."""
    return _read(content_language())


def inspectorate_case(incident: Incident) -> InspectorateCase | None:
    """What was said about it; None where nothing must be reported. Asks nothing when it was fetched along."""
    found: InspectorateCase | None = getattr(incident, "inspectorate", None)
    return found


def inspectorate_history(incident: Incident) -> list[InspectorateStep]:
    """What was said about it, oldest first; also what was taken back."""
    return list(InspectorateStep.objects.filter(incident=incident).select_related("by"))
