"""Forms of the norm. Rules decide; what was typed stays when they refuse."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.actions.norms import Adoption
from bolwerk.incidents.forms.handling import SeenForm
from bolwerk.incidents.forms.response import day_field, words_field
from bolwerk.incidents.rules.norms import (
    BEHAVIOUR_LIMIT,
    HOUSE_RULE_LIMIT,
    PROTOCOL_LIMIT,
    REACTION_LIMIT,
    Line,
    NormError,
    NormMove,
    Police,
    RuleText,
)


class NormFormBase(SeenForm):
    """A form in a version that somebody else may change as well."""

    def show_conflict(self, *, version: int) -> None:
        """Say that somebody else was first; what was typed stays."""
        self.add_error(None, _("A colleague changed this version while you had it open. What you typed is still here."))
        self.data = {**self.data.dict(), "seen": version}  # type: ignore[attr-defined]  # a QueryDict

    def show(self, error: NormError) -> None:
        """Say why the rules refuse it, at its field."""
        self.add_error(error.field if error.field in self.fields else None, str(error.text))


class RuleForm(NormFormBase):
    """One rule."""

    line = forms.ChoiceField(label=_("On which line?"), choices=Line.choices, widget=forms.RadioSelect)
    behaviour = words_field(
        _("Which behaviour?"),
        most=BEHAVIOUR_LIMIT,
        rows=2,
        required=True,
        help_text=_("What somebody does, in plain words. Everybody must recognise it when it happens."),
    )
    employee = words_field(_("What does the employee do?"), most=REACTION_LIMIT, rows=2)
    manager = words_field(_("What does the manager do?"), most=REACTION_LIMIT, rows=2)
    management = words_field(_("What does the management do?"), most=REACTION_LIMIT, rows=2)
    police = forms.ChoiceField(label=_("The police"), choices=Police.choices)
    house_rule = forms.CharField(
        label=_("On the house rules for visitors"),
        max_length=HOUSE_RULE_LIMIT,
        required=False,
        help_text=_("One friendly line, to the visitor. Empty: it does not stand there."),
    )
    house_rule_en = forms.CharField(label=_("The same line in English"), max_length=HOUSE_RULE_LIMIT, required=False)

    def __init__(self, *args: Any, team: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if team:  # visitors meet one house, with the rules of the organisation
            del self.fields["house_rule"], self.fields["house_rule_en"]

    def rule(self, code: str, *, start: RuleText | None) -> RuleText:
        """What was filled in. Only after `is_valid`."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        kept = {"house_rule": start.house_rule, "house_rule_en": start.house_rule_en} if start else {}
        typed = data | {"code": code, "line": Line(data["line"]), "police": Police(data["police"])}
        return RuleText(**(kept | typed))


class ProtocolForm(NormFormBase):
    """How a team works."""

    protocol = words_field(
        _("How do we do that in this team?"),
        most=PROTOCOL_LIMIT,
        rows=10,
        help_text=_("Who comes to help, which room, which alarm, who calls, how you look after each other afterwards."),
    )


class NormMoveForm(NormFormBase):
    """One step with a version: a day where it is adopted, a word where it is sent back."""

    valid_from = day_field(_("Holds from"))
    words = forms.CharField(
        label=_("What has to change?"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, move: NormMove, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if move is not NormMove.ADOPT:
            del self.fields["valid_from"]
        if move is not NormMove.SEND_BACK:
            del self.fields["words"]
        else:
            self.fields["words"].required = True

    def given(self) -> Adoption:
        """What was filled in. Only after `is_valid`."""
        day: date | None = self.cleaned_data.get("valid_from")
        return Adoption(day, self.cleaned_data.get("words", ""))
