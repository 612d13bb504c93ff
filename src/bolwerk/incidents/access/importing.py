"""Who may read in an older register."""

from datetime import datetime, timedelta
from uuid import UUID

from django.shortcuts import get_object_or_404

from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.incidents.models import RegisterFile

IMPORT_ROLES = frozenset({Role.AGGRESSION_COORDINATOR})  # who reads every report may read in old ones
KEPT_FOR = timedelta(days=1)  # a preview that nobody used; data is not kept without need (AVG art. 5)


def register_file_or_404(person: Person, file_id: UUID, *, at: datetime) -> RegisterFile:
    """A file that this very person chose in the last day and that was not read in yet, or 404."""
    return get_object_or_404(RegisterFile.objects.select_related("by"), pk=file_id, by=person, at__gte=at - KEPT_FOR)
