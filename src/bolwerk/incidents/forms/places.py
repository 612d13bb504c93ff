"""The form of a place of the municipality."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bolwerk.incidents.actions.response import PlaceTold
from bolwerk.incidents.forms.handling import SeenForm
from bolwerk.incidents.rules.areas import Point
from bolwerk.incidents.rules.places import (
    ADDRESS_LIMIT,
    LEAST_RADIUS,
    MOST_RADIUS,
    NAME_LIMIT,
    CornersError,
    check_shape,
    corners_typed,
)


class PlaceForm(SeenForm):
    """A place as somebody types it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("What do you call this place?"), max_length=NAME_LIMIT)
    address = forms.CharField(label=_("Address"), max_length=ADDRESS_LIMIT, required=False)
    points = forms.CharField(
        label=_("Corners on the map"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_(
            "One a line, such as 52.6431, 5.0597. One point is the middle of a circle; three or more are corners. A "
            "map site shows these numbers with the right mouse button. Empty: the place stands in lists only."
        ),
    )
    radius = forms.IntegerField(
        label=_("Metres around it"),
        required=False,
        min_value=LEAST_RADIUS,
        max_value=MOST_RADIUS,
        help_text=_("Only with one point."),
    )

    def clean_name(self) -> str:
        """One line: it becomes a line of a letter."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_points(self) -> list[Point]:
        """The corners as numbers."""
        try:
            return corners_typed(self.cleaned_data["points"])
        except CornersError as error:
            raise forms.ValidationError(str(error.text), params=error.parts) from None

    def clean(self) -> dict[str, Any]:
        """Together they must be an area, or nothing."""
        data: dict[str, Any] = super().clean() or {}
        if "points" in data and "radius" in data:
            try:
                check_shape(data["points"], data["radius"])
            except CornersError as error:
                self.add_error("radius" if len(data["points"]) == 1 else "points", str(error.text))
        return data

    def told(self) -> PlaceTold:
        """What was filled in. Only after `is_valid`."""
        data = self.cleaned_data
        radius = data["radius"] if len(data["points"]) == 1 else None
        return PlaceTold(data["name"], data["address"], tuple(data["points"]), radius)
