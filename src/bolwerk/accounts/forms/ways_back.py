"""What an administrator fills in to let somebody begin anew with signing in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.rules.ways_back import Recognised
from bolwerk.audit.rules.contents import fit_for_the_trail


class WayBackForm(forms.Form):
    """How you know who it is, and what was lost."""

    recognised = forms.TypedChoiceField(
        label=_("How do you know that it is really this colleague?"),
        help_text=_("A message by e-mail or chat proves nothing: whoever has taken over the account can write it too."),
        choices=Recognised.choices,
        coerce=Recognised,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What happened?"),
        help_text=_("For example: phone lost on the train. It is kept for ninety days; name nobody."),
        max_length=200,
        validators=[fit_for_the_trail],
    )
