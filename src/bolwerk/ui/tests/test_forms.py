"""Every form looks and reads the same: label, hint, error, control."""

from django import forms
from lxml import html

from bolwerk.ui.patterns import SampleForm


class TwoFields(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals in je paspoort.")
    kind = forms.ChoiceField(label="Soort", choices=[("a", "Een"), ("b", "Twee")], widget=forms.RadioSelect)
    note = forms.CharField(label="Opmerking", required=False, widget=forms.Textarea)


def drawn(form: forms.Form) -> html.HtmlElement:
    return html.fromstring(f"<div>{form}</div>")


def test_the_hint_stands_before_the_field_and_is_read_with_it() -> None:
    tree = drawn(TwoFields())
    control = tree.xpath("//input[@name='name']")[0]
    assert control.get("aria-describedby") == "id_name_hint"
    assert tree.xpath("//*[@id='id_name_hint']/following::input[@name='name']")


def test_an_error_is_announced_linked_and_marked() -> None:
    tree = drawn(TwoFields({"name": "", "kind": "x", "note": "blijft staan"}))
    control = tree.xpath("//input[@name='name']")[0]
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "id_name_hint id_name_error"
    assert "utrecht-textbox--invalid" in control.get("class")
    links = [link.get("href") for link in tree.xpath("//*[@data-error-summary]//a")]
    assert links == ["#id_name", "#id_kind_0"]
    assert tree.xpath("//*[@id='id_kind_0']")


def test_everything_typed_is_kept() -> None:
    tree = drawn(TwoFields({"name": "", "kind": "b", "note": "blijft staan"}))
    assert tree.xpath("//textarea")[0].text.strip() == "blijft staan"
    assert tree.xpath("//input[@value='b']/@checked") == ["checked"]


def test_what_was_typed_cannot_become_markup() -> None:
    text = str(TwoFields({"name": '"><script>alert(1)</script>', "kind": "</label><b>", "note": "</textarea><b>"}))
    assert "<script>" not in text
    assert "<b>" not in text


def test_a_group_has_a_legend_and_each_choice_a_label() -> None:
    tree = drawn(TwoFields())
    assert tree.xpath("//fieldset/legend")[0].text.strip() == "Soort"
    assert [label.get("for") for label in tree.xpath("//fieldset//label")] == ["id_kind_0", "id_kind_1"]


def test_one_chooses_one_of_a_radio_group_and_many_of_a_checkbox_group() -> None:
    tree = drawn(SampleForm())
    assert set(tree.xpath("//input[@name='kind']/@type")) == {"radio"}
    assert set(tree.xpath("//input[@name='with_whom']/@type")) == {"checkbox"}


def test_a_question_as_label_reads_well_in_the_summary() -> None:
    summary = drawn(SampleForm({})).xpath("//*[@data-error-summary]//a")[0].text_content()
    assert "?:" not in summary


def test_what_is_not_required_says_so() -> None:
    assert "(niet verplicht)" in drawn(TwoFields()).xpath("//label[@for='id_note']")[0].text_content()


def test_the_summary_takes_focus_without_a_script() -> None:
    summary = drawn(SampleForm({})).xpath("//*[@data-error-summary]")[0]
    assert summary.get("tabindex") == "-1"
    assert summary.get("autofocus") is not None
