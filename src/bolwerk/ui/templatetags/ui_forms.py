"""Form fields in the look of NL Design System: `{% load ui_forms %}`."""

from django import forms, template
from django.forms import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

register = template.Library()

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.ClearableFileInput, "bw-file"),
    (Input, "utrecht-textbox utrecht-textbox--html-input"),
)


def shape(field: BoundField) -> str:
    """Which template draws this field: `group` (radio and the like), `checkbox`, `hidden` or `plain`."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return "several"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "plain"


def described_by(field: BoundField) -> str:
    """The ids of the hint and the error of a field, in the order in which they are read."""
    ids = [f"{field.auto_id}_hint"] if field.help_text else []
    return " ".join([*ids, f"{field.auto_id}_error"] if field.errors else ids)


def _classes(widget: forms.Widget) -> str:
    return next((names for kind, names in CLASSES if isinstance(widget, kind)), "")


@register.filter
def asks_secrets(form: forms.BaseForm) -> bool:
    """`{{ form|asks_secrets }}`: whether a field of it comes back empty, as a password or phrase does."""
    return any(isinstance(field.widget, forms.PasswordInput) for field in form.fields.values())


@register.filter
def field_shape(field: BoundField) -> str:
    """`{{ field|field_shape }}`: which of the four shapes a field has."""
    return shape(field)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control of a field with our classes, its hint and its error announced."""
    widget = field.field.widget
    names = [widget.attrs.get("class", ""), _classes(widget)]
    if field.errors:
        names.append(f"{names[1].split(' ')[0]}--invalid")
    attrs: dict[str, str | bool] = {"class": " ".join(name for name in names if name)}
    if described := described_by(field):
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def option_kind(field: BoundField) -> str:
    """`radio` or `checkbox`: what the options of a group are."""
    # Django's CheckboxSelectMultiple is a kind of RadioSelect, so it is asked first.
    return "checkbox" if isinstance(field.field.widget, forms.CheckboxSelectMultiple) else "radio"


@register.filter
def before_colon(label: object) -> str:
    """A label that ends in a question mark or a colon, made ready for a colon of ours."""
    return str(label).rstrip("?: ")


@register.filter
def first_option_id(field: BoundField) -> str:
    """The id to which the error summary links: the control itself, or the first option of a group."""
    return f"{field.auto_id}_0" if shape(field) in {"group", "several"} else str(field.auto_id)


@register.filter
def described(field: BoundField) -> str:
    """The ids for `aria-describedby` of a group."""
    return described_by(field)
