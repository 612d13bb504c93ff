"""Forms about what came of a case. What one writes here the circle reads, so names and numbers are refused."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bolwerk.circle.forms.circles import ShowingForm
from bolwerk.circle.models import Member
from bolwerk.circle.queries.cases import own_list
from bolwerk.circle.queries.deidentify import direct_hits
from bolwerk.circle.queries.follow_up import Advice
from bolwerk.circle.rules.adoptions import Outcome
from bolwerk.circle.rules.follow_up import SAID_LIMIT, Effect, Said, Used


class NobodyField(forms.CharField):
    """Words in which nobody may be pointed at."""

    def __init__(self, *, member: Member, **more: Any) -> None:
        super().__init__(max_length=SAID_LIMIT, required=False, widget=forms.Textarea(attrs={"rows": 2}), **more)
        self.member = member

    def clean(self, value: Any) -> str:
        """The words. Refused when something in them is red."""
        words: str = super().clean(value)
        hits = direct_hits(words, own=own_list(self.member)) if words.strip() else []
        if hits:
            said = gettext("“%(words)s” points to somebody. Write it without.")
            raise ValidationError(said % {"words": "”, “".join(dict.fromkeys(hit.text for hit in hits))})
        return words


class AdviceForm(ShowingForm):
    """Of each advice: used, partly or not, and why."""

    def __init__(self, *args: Any, advice: Sequence[Advice], member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.advice = list(advice)
        for number, one in enumerate(self.advice, 1):
            self.fields[f"used_{one.row.pk}"] = forms.ChoiceField(
                label=_("What did you do with advice %(number)s?") % {"number": number},
                choices=Used.choices,
                required=False,
                initial=one.said.used if one.said else None,
                widget=forms.RadioSelect,
            )
            self.fields[f"why_{one.row.pk}"] = NobodyField(
                member=member, label=_("Why?"), initial=one.said.why if one.said else ""
            )

    def rows(self) -> list[tuple[Advice, list[forms.BoundField]]]:
        """Each advice with its two questions."""
        return [(one, [self[f"used_{one.row.pk}"], self[f"why_{one.row.pk}"]]) for one in self.advice]

    def said(self) -> dict[UUID, Said]:
        """What was answered; what was left open is not in it."""
        data = self.cleaned_data
        given = [(one.row.pk, data[f"used_{one.row.pk}"], data[f"why_{one.row.pk}"]) for one in self.advice]
        return {key: Said(Used(used), why) for key, used, why in given if used}


class OutcomeForm(ShowingForm):
    """What came of a case."""

    outcome = forms.ChoiceField(
        label=_("What came of it, about three months later?"), choices=Outcome.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = NobodyField(
            member=member, label=_("In a few words"), help_text=_("Your circle learns from it, also when it failed.")
        )

    def effect(self) -> Effect:
        """What was filled in."""
        return Effect(Outcome(self.cleaned_data["outcome"]), self.cleaned_data["words"])
