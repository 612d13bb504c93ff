"""Forms about how often a rule is right: drawing a work list, what looking gave, and moving a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.audit.rules.contents import fit_for_the_trail
from bolwerk.hub.forms.findings import reason_field
from bolwerk.hub.rules.reviews import REASON_LENGTH
from bolwerk.hub.rules.stages import Looked, Stage

MOST_FOUND = 200  # found objects on one list
USUAL_FOUND = 20


class DrawForm(forms.Form):
    """For which rule, and how many found objects."""

    rule = forms.ChoiceField(
        label=_("Of which rule?"),
        error_messages={"required": _("Choose a rule.")},
    )
    most = forms.IntegerField(
        label=_("At most how many findings?"),
        min_value=5,
        max_value=MOST_FOUND,
        initial=USUAL_FOUND,
        help_text=_("For every five findings one object is drawn at random and mixed in."),
    )

    def __init__(self, *args: Any, rules: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = rules  # type: ignore[attr-defined]  # a ChoiceField has them


class OutcomeOfLookingForm(forms.Form):
    """What looking at an object gave."""

    looked = forms.ChoiceField(
        label=_("What did looking give?"),
        widget=forms.RadioSelect,
        choices=Looked.choices,
        error_messages={"required": _("Choose what looking gave.")},
    )
    reason = reason_field(_("How do you know?"))


class MoveForm(forms.Form):
    """Where a rule goes, and why. `seen` is how often it was moved when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(
        label=_("Where does the rule go?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the rule goes.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=REASON_LENGTH,
        validators=[fit_for_the_trail],
        help_text=_("The reason goes into the trail, with your name."),
        error_messages={"required": _("Give a reason: others must be able to see why.")},
    )

    def __init__(self, *args: Any, steps: list[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            Stage.DEVELOPMENT: _("In development: it is being worked out, with few"),
            Stage.PILOT: _("Pilot: it is used, and how often it is right is measured"),
            Stage.MATURE: _("Mature: it clearly beats chance"),
            Stage.OFF: _("Off: it finds nothing, and nobody sees what it found"),
        }
        self.fields["to"].choices = [(one.value, words[one]) for one in steps]  # type: ignore[attr-defined]  # a ChoiceField has them
