"""What the reporter, whom it happened to and handlers answer to the seven questions of the police, at ease."""

from django.db import models

from bolwerk.incidents.models.incident import Incident
from bolwerk.incidents.rules import WORDS_LIMIT
from bolwerk.incidents.rules.seven_ws import Answers, W
from bolwerk.vault.fields import ProtectedTextField, classes


class SevenWs(models.Model):
    """The answers about one incident. Whoever reported it, whom it happened to and handlers write the same ones."""

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="seven_ws", primary_key=True)
    who = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)
    what = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)
    place = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)
    with_what = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)
    manner = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)
    moment = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)
    why = ProtectedTextField(max_length=WORDS_LIMIT, blank=True)
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")  # who changed them last
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    protection = classes(
        internal="incident version", personal="by at", special="who what place with_what manner moment why"
    )

    @property
    def answers(self) -> Answers:
        """What stands in it."""
        return Answers(**{question.value: getattr(self, question.value) for question in W})
