"""The form of an item of damage."""

from collections.abc import Collection
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.forms.handling import SeenForm
from bolwerk.incidents.queries import choices_of, choices_with
from bolwerk.incidents.rules.codes import CodeList
from bolwerk.incidents.rules.damage import MOST_CENTS, DamageState, Item, Loss, Party, Way

MOST = Decimal(MOST_CENTS) / 100


class DamageForm(SeenForm):
    """One item of damage; `states` are those that the person may take it to."""

    party = forms.ChoiceField(label=_("Whose damage is it?"), choices=Party.choices, widget=forms.RadioSelect)
    loss = forms.ChoiceField(label=_("What kind of damage?"), choices=partial(choices_of, CodeList.DAMAGE))
    amount = forms.DecimalField(
        label=_("How much is it, in euros?"), min_value=Decimal("0.01"), max_value=MOST, decimal_places=2, localize=True
    )
    way = forms.ChoiceField(label=_("By which way is it recovered?"), choices=Way.choices, widget=forms.RadioSelect)
    state = forms.ChoiceField(label=_("Where does it stand now?"), choices=DamageState.choices)
    recovered = forms.DecimalField(
        label=_("How much came back, in euros?"), min_value=0, max_value=MOST, decimal_places=2, localize=True
    )

    def __init__(self, *args: Any, states: Collection[DamageState] = tuple(DamageState), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stands = self.fields["state"]
        stands.choices = [one for one in DamageState.choices if one[0] in states]  # type: ignore[attr-defined]  # a ChoiceField
        had = str(self.initial.get("loss", ""))
        self.fields["loss"].choices = choices_with(CodeList.DAMAGE, had)  # type: ignore[attr-defined]  # it has them

    def clean(self) -> dict[str, Any]:
        """No more comes back than was claimed."""
        data: dict[str, Any] = super().clean() or {}
        if "amount" in data and data.get("recovered", 0) > data["amount"]:
            self.add_error("recovered", _("More came back than was claimed. Look at both amounts."))
        return data

    def item(self) -> Item:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        return Item(
            party=Party(data["party"]),
            loss=Loss(data["loss"]),
            way=Way(data["way"]),
            cents=int(data["amount"] * 100),
            state=DamageState(data["state"]),
            recovered_cents=int(data["recovered"] * 100),
        )


class LeaveForm(SeenForm):
    """Why the track may end while damage is open."""

    because = forms.CharField(
        label=_("Why is it left open?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: the person has nothing, or a bailiff goes on with it. The claim itself stays."),
        error_messages={"required": _("Write why, so that a colleague can see it later.")},
    )
