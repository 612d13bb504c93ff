"""The track of police and damage of one incident as its page shows it, and what whom it happened to reads of it."""

from dataclasses import dataclass
from datetime import date, datetime

from bolwerk.accounts.models import Person
from bolwerk.deadlines.models import Task
from bolwerk.deadlines.queries import shown_calendar, tasks_of, time_left
from bolwerk.incidents.access import told_of_police
from bolwerk.incidents.models import DamageItem, Incident, Police, PoliceReport
from bolwerk.incidents.models.damage import euros
from bolwerk.incidents.queries.names import police_urn
from bolwerk.incidents.queries.people import handlers_for
from bolwerk.incidents.queries.police.leaving import answers_of
from bolwerk.incidents.queries.police.offences import Offence, named
from bolwerk.incidents.rules.damage import OPEN
from bolwerk.incidents.rules.police import ReportKind, State, states_for
from bolwerk.incidents.rules.seven_ws import W, unanswered


@dataclass(frozen=True)
class ReportShown:
    """A report to the police with its offences in words, and whether there is a next step."""

    report: PoliceReport
    offences: list[Offence]
    moves: bool


@dataclass(frozen=True)
class PoliceShown:
    """Everything on the page."""

    police: Police | None
    reports: list[ReportShown]
    due: list[tuple[str, str, bool]]
    unanswered: list[W]
    damage: list[DamageItem]

    @property
    def claimed(self) -> str:
        """Everything that is claimed, of victim and employer."""
        return euros(sum(one.cents for one in self.damage))

    @property
    def recovered(self) -> str:
        """Everything that came back."""
        return euros(sum(one.recovered_cents for one in self.damage))

    @property
    def open_damage(self) -> list[DamageItem]:
        """Items of which something may still come back."""
        return [one for one in self.damage if one.state in OPEN]

    @property
    def left_because(self) -> str:
        """Why the track may end all the same, if somebody chose so."""
        return (self.police.damage_left_because or "") if self.police else ""

    @property
    def why_not(self) -> str:
        """Why nothing was reported, if somebody wrote that."""
        return self.police.no_report_because if self.police else ""


def police_of(incident: Incident, *, at: datetime) -> PoliceShown:
    """The whole track, for somebody who may read it."""
    calendar = shown_calendar()
    due = [
        (str(task), time_left(task, at=at, calendar=calendar), task.due_at < at)
        for task in tasks_of(police_urn(incident)).filter(status=Task.Status.OPEN)
    ]
    rows = PoliceReport.objects.filter(incident=incident)
    shown = [
        ReportShown(row, named(row.codes), bool(states_for(ReportKind(row.kind), State(row.state)))) for row in rows
    ]
    damage = list(DamageItem.objects.filter(incident=incident))
    return PoliceShown(getattr(incident, "police", None), shown, due, unanswered(answers_of(incident)), damage)


def readers_of_police(incident: Incident, *, on: date) -> list[str]:
    """Who can read this track."""
    return [person.name for person in handlers_for(incident, on=on)]


def reports_for_victim(incident: Incident, person: Person) -> list[PoliceReport]:
    """What whom it happened to may know of reports to the police; empty for everybody else."""
    return list(told_of_police(person, incident))
