"""What people fill in to exchange with other installations."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bolwerk.audit.rules.addresses import UnsafeAddressError, checked_address
from bolwerk.circle.models.exchange import ADDRESS_LIMIT, KEY_LENGTH
from bolwerk.circle.rules.bundles import BUNDLE_BYTES
from bolwerk.circle.rules.circles import NAME_LIMIT
from bolwerk.crypto.signing import fingerprint

HEX = re.compile(r"[0-9a-f]+")


class BundleFileForm(forms.Form):
    """A bundle from a file."""

    file = forms.FileField(
        label=_("Bundle"),
        help_text=_("A file that ends in .json, of another installation; at most 5 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> bytes:
        """The bytes of the file, and one more than may come in."""
        return bytes(self.cleaned_data["file"].read(BUNDLE_BYTES + 1))


class FeedField(forms.CharField):
    """The address of what another installation offers."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Address of what it offers"),
            required=False,
            max_length=ADDRESS_LIMIT,
            help_text=_("Ends in index.json. Leave it empty when bundles come as files. Only https."),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """An address that Bolwerk may go to."""
        given: str = super().clean(value)
        if given:
            try:
                checked_address(given, loopback=settings.BOLWERK_MODE in {"test", "demo"})
            except UnsafeAddressError:
                raise forms.ValidationError(
                    _("Give an address that starts with https://, without a name or password in it.")
                ) from None
        return given


class TrustForm(forms.Form):
    """A key of another installation, and the fingerprint that was read out."""

    name = forms.CharField(label=_("Which installation is it?"), max_length=NAME_LIMIT)
    municipality = forms.CharField(
        label=_("Of which municipality?"),
        required=False,
        max_length=NAME_LIMIT,
        help_text=_("Leave it empty for a bureau or a province. With it, its figures count in a benchmark."),
    )
    public = forms.CharField(
        label=_("Public key"), max_length=100, help_text=_("64 characters, from their page about exchange.")
    )
    fingerprint = forms.CharField(
        label=_("Fingerprint"),
        max_length=100,
        help_text=_("Call them, let them read out ten groups of four characters, and type what you hear."),
    )
    feed = FeedField()

    def clean_public(self) -> str:
        """The key in one way of writing."""
        given = "".join(str(self.cleaned_data["public"]).lower().split())
        if len(given) != KEY_LENGTH or not HEX.fullmatch(given):
            raise forms.ValidationError(_("This is no public key: it has 64 characters, 0 to 9 and a to f."))
        return given

    def clean(self) -> dict[str, Any]:
        """What was read out must belong to what was pasted."""
        data = super().clean() or {}
        heard = "".join(str(data.get("fingerprint", "")).lower().split())
        if "public" in data and heard and heard != fingerprint(data["public"]).replace(" ", ""):
            self.add_error(
                "fingerprint",
                _("This fingerprint does not belong to that key. Compare again; do not go on while it differs."),
            )
        return data


class FeedForm(forms.Form):
    """Where an installation offers its items."""

    feed = FeedField()


class YearForm(forms.Form):
    """Of which year figures leave: a button for each year that was published in full."""

    year = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]  # a ChoiceField has them
