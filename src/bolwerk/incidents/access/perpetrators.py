"""Who may know who a report is about; and that whoever it is about sees nothing of it."""

from functools import cache
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL

from bolwerk.accounts.access import SignedInRequest, deny
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.incidents.models import Incident, Perpetrator, PerpetratorLink

STORE_ROLES = frozenset({Role.AGGRESSION_COORDINATOR})  # merges and undoes it
REQUEST_ROLES = frozenset({Role.PRIVACY_OFFICER})  # answers residents: extract, correction, objection


def about_person(person: Person) -> RawSQL:
    """The incidents that are about this colleague: from that moment they do not exist for them as a handler.

    Whoever handles it says so in the store of persons; whoever reports it can say so at once. To look for inside a
    question (`exclude(pk__in=…)`): it costs none of its own.
    """
    question, times = _about(connection.vendor)
    who = Person._meta.pk.get_db_prep_value(person.pk, connection)
    return RawSQL(question, [who] * times)  # noqa: S611  fixed text


@cache
def _about(_vendor: str) -> tuple[str, int]:
    """The question in SQL, and how many times it names the person.

    Put together once in a process: that takes many times as long as the answer, and most pages of a handler ask it.
    """
    person = Person(pk=UUID(int=0))
    links = PerpetratorLink.objects.order_by().values_list("incident_id", flat=True)
    # Three questions with an index each; one with "or" in it would look at every link of the house.
    question = links.filter(perpetrator__employee=person).union(
        links.filter(perpetrator__merged_into__employee=person),
        Incident.objects.filter(kept_from=person).order_by().values_list("pk", flat=True),
    )
    sql, given = question.query.sql_with_params()
    return sql, len(given)


def is_about(incident: Incident, person: Person) -> bool:
    """Whether an incident is about this colleague. Asks nothing when its link was fetched with it."""
    if incident.kept_from_id == person.pk:
        return True
    link: PerpetratorLink | None = getattr(incident, "perpetrator_link", None)
    if link is None:
        return False
    meant = link.perpetrator
    return person.pk in {meant.employee_id, meant.merged_into.employee_id if meant.merged_into else None}


def perpetrator_to_answer_for(request: SignedInRequest, perpetrator_id: UUID) -> Perpetrator:
    """As `perpetrator_or_404`, and never whoever asks: nobody reads, corrects or merges what is kept of themselves."""
    found = perpetrator_or_404(request, perpetrator_id)
    return deny(request, subject=found.urn) if found.employee_id == request.user.pk else found


def perpetrator_or_404(request: SignedInRequest, perpetrator_id: UUID) -> Perpetrator:
    """A person of the store, or 404. For pages that are open to the privacy officer and the coordinator only."""
    found = Perpetrator.objects.select_related("employee", "merged_into").filter(pk=perpetrator_id).first()
    return found or deny(request, subject=f"urn:bolwerk:incidents:perpetrator:{perpetrator_id}")
