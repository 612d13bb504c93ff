"""The first deadline of a report and of its care, copied to where lists sort."""

from collections.abc import Iterable
from datetime import datetime

from bolwerk.deadlines.models import Task
from bolwerk.incidents.models import Care, Incident
from bolwerk.incidents.queries.duties import before_closing
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import ENDED, NEVER


def keep_first_due(*, incident: Incident) -> None:
    """Copy the first deadlines. The row is locked, so that two clocks that stop at once agree.

    A report shows what must be done before it can be closed; once it is closed, only its care has clocks.
    """
    locked = Incident.objects.select_for_update().filter(pk=incident.pk)
    ended = locked.values_list("status", flat=True).get() in ENDED
    subjects = [incident.urn, care_urn(incident)]
    running = Task.objects.open().filter(subject__in=subjects).values_list("subject", "key", "due_at")
    first = _copy(incident, list(running), ended=ended)
    Care.objects.filter(pk=incident.pk).update(next_due_at=first)


def lay_first_due(*, incident: Incident, tasks: Iterable[Task]) -> None:
    """Lay the care of a report that nobody else can reach yet, with both first deadlines: these are all its clocks."""
    subjects = {incident.urn, care_urn(incident)}
    running = [(task.subject, task.key, task.due_at) for task in tasks if task.subject in subjects]
    Care.objects.create(incident=incident, next_due_at=_copy(incident, running, ended=False))


def _copy(incident: Incident, running: Iterable[tuple[str, str, datetime]], *, ended: bool) -> datetime:
    """Write the first deadline down, from the clocks that run: subject, key and last moment of each.

    Return the first one of its care.
    """
    moments = sorted(running, key=lambda clock: clock[2])
    before = [due for _subject, key, due in moments if before_closing(key)]
    incident.next_due_at = before[0] if before and not ended else NEVER
    incident.save(update_fields=["next_due_at"])
    talks = [due for subject, _key, due in moments if subject != incident.urn]
    return talks[0] if talks else NEVER
