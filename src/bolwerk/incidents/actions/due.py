"""The first deadline of a report and of its care, copied to where lists sort."""

from bolwerk.deadlines.queries import next_deadline
from bolwerk.incidents.models import Care, Incident
from bolwerk.incidents.queries.duties import duties_open
from bolwerk.incidents.queries.names import care_urn
from bolwerk.incidents.rules import ENDED, NEVER


def keep_first_due(*, incident: Incident) -> None:
    """Copy the first deadlines. The row is locked, so that two clocks that stop at once agree.

    A report shows what must be done before it can be closed; once it is closed, only its care has clocks.
    """
    now = Incident.objects.select_for_update().get(pk=incident.pk)
    first = None if now.status in ENDED else duties_open(incident).first()
    incident.next_due_at = first.due_at if first else NEVER
    incident.save(update_fields=["next_due_at"])
    talk = next_deadline(care_urn(incident))
    Care.objects.filter(pk=incident.pk).update(next_due_at=talk.due_at if talk else NEVER)
