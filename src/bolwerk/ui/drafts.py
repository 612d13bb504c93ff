"""Drafts of forms, in two lines of a view.

::

    form = ReportForm(request.POST or None, initial=draft_initial(request, "incidents-report", ReportForm))
    if request.method == "POST" and form.is_valid():
        …
        forget_draft(request, "incidents-report")

and in the template `{% draft_attrs "incidents-report" %}` in the <form> tag and `{% draft_button "incidents-report" %}`
beside the button that sends. With JavaScript the form keeps itself while one types; without, the button does.
"""

from typing import Any

from django import forms
from django.http import HttpRequest

from bolwerk.ui.actions import drop_draft
from bolwerk.ui.queries import draft_values

NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "next", "quietly", "password", "password1", "password2", "otp", "code"})


def owner_of(request: HttpRequest) -> str:
    """The URN of whoever signed in; empty for anybody else, who has no drafts."""
    return str(getattr(getattr(request, "user", None), "urn", ""))


def draft_initial(request: HttpRequest, form: str, form_class: type[forms.Form]) -> dict[str, Any]:
    """The values of a kept draft, per field of `form_class`, ready to be the `initial` of the form."""
    values = draft_values(owner=owner_of(request), form=form)
    if values is None:
        return {}
    kept: dict[str, Any] = {}
    for name, field in form_class.base_fields.items():
        value = field.widget.value_from_datadict(values, None, name)
        if value not in (None, "", []):
            kept[name] = value
    return kept


def forget_draft(request: HttpRequest, form: str) -> None:
    """What was a draft was sent."""
    drop_draft(owner=owner_of(request), form=form)
