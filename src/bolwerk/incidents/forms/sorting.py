"""The form with which a handler sorts a report."""

from typing import Any

from django.forms import CheckboxSelectMultiple, ChoiceField, MultipleChoiceField, RadioSelect
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.forms.handling import SeenForm
from bolwerk.incidents.models import Incident
from bolwerk.incidents.queries import choices_of, choices_with
from bolwerk.incidents.rules.codes import CodeList


class SortForm(SeenForm):
    """In which forms it came, and what lay behind it."""

    forms = MultipleChoiceField(label=_("In which form did it come?"), required=False, widget=CheckboxSelectMultiple)
    motive = ChoiceField(
        label=_("What lay behind it?"),
        required=False,
        widget=RadioSelect,
        help_text=_("A first idea, not a judgement of a person. Leave it open when you do not know."),
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        had = incident.forms.split()
        start = {"seen": incident.version, "forms": had, "motive": incident.motive}
        super().__init__(*args, **({"initial": start} | kwargs))
        offered = choices_of(CodeList.FORMS)
        gone = [choices_with(CodeList.FORMS, code)[-1] for code in had if code not in dict(offered)]
        self.fields["forms"].choices = [*offered, *gone]  # type: ignore[attr-defined]  # it has choices
        self.fields["motive"].choices = choices_with(CodeList.MOTIVES, incident.motive)  # type: ignore[attr-defined]  # a choice
