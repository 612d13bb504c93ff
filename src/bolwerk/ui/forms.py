"""How every form of the house looks: `{{ form }}` renders Utrecht form fields, with hints before the field.

Set once in settings (`FORM_RENDERER`), so that a page needs no more than::

    <form method="post" novalidate>{% csrf_token %}{{ form }}<button class="…">{% translate "Send" %}</button></form>

An error summary that takes focus and links to each field comes on top by itself. A field may say more about itself:
`widget.attrs["rows"]` and the like as always in Django; choices shown as cards by `RadioSelect` or
`CheckboxSelectMultiple`.
"""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Django's renderer with our templates for form, field and errors."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
