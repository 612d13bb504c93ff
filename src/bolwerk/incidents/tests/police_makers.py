"""Makes reports to the police for tests, through the real actions."""

from datetime import date, datetime

from bolwerk.accounts.models import Person
from bolwerk.incidents.actions.police import add_police_report, tell_state
from bolwerk.incidents.models import Incident, Police, PoliceReport
from bolwerk.incidents.rules.damage import Item, Loss, Party, Way
from bolwerk.incidents.rules.police import Filed, Filer, Privacy, ReportKind, State, Told, Vpt
from bolwerk.incidents.tests.makers import MONDAY

TODAY = MONDAY.date()
JACKET = Item(Party.VICTIM, Loss.GOODS, Way.CRIMINAL, 12_995)  # euro cents


def make_filed(**changes: object) -> Filed:
    """A complaint by the employer, of a threat, with the VPT code confirmed."""
    whole: dict[str, object] = {
        "kind": ReportKind.COMPLAINT,
        "filer": Filer.EMPLOYER,
        "reported_on": TODAY,
        "privacy": Privacy.DOMICILE,
        "vpt": Vpt.CONFIRMED,
        "offences": ("sr285",),
        "number": "PL0100-2026-1",
    }
    return Filed(**(whole | changes))  # type: ignore[arg-type]  # names of its fields


def make_police_report(
    incident: Incident, by: Person, *, at: datetime = MONDAY, on: date = TODAY, **changes: object
) -> PoliceReport:
    """A report to the police, seen as the track is now."""
    known = Police.objects.filter(incident=incident).first()
    seen = known.version if known else 0
    return add_police_report(incident=incident, filed=make_filed(**changes), by=by, at=at, on=on, seen=seen)


def told(report: PoliceReport, to: State, by: Person, outcome: str = "") -> PoliceReport:
    """What the police told, seen as it is now."""
    now = PoliceReport.objects.select_related("incident").get(pk=report.pk)
    return tell_state(report=now, told=Told(to, TODAY, outcome), by=by, at=MONDAY, on=TODAY, seen=now.version)
