"""Drafts are kept while one types, for their owner only, and go when the form is sent."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.test import Client, RequestFactory

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import make_person
from bolwerk.ui.actions import DRAFT_LIFE, DRAFTS_A_PERSON, LONGEST_DRAFT, drop_old_drafts, keep_draft
from bolwerk.ui.drafts import draft_initial, forget_draft
from bolwerk.ui.models import Draft

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class SmallForm(forms.Form):
    words = forms.CharField()
    kinds = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")])


def initial_for(person: Person) -> dict[str, object]:
    request = RequestFactory().get("/")
    request.user = person
    return draft_initial(request, "small", SmallForm)


def test_a_draft_comes_back_in_the_form(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    response = client.post("/concepten/small/", {"words": "aan de balie", "kinds": ["a", "b"], "quietly": "yes"})
    assert response.status_code == 204
    assert initial_for(person) == {"words": "aan de balie", "kinds": ["a", "b"]}


def test_without_javascript_the_button_keeps_it_and_says_so(client: Client) -> None:
    client.force_login(make_person())
    response = client.post("/concepten/small/", {"words": "x", "next": "/meer/"}, follow=True)
    assert response.redirect_chain == [("/meer/", 302)]
    assert "Je concept is bewaard" in response.content.decode()


def test_a_draft_is_nobody_elses(client: Client) -> None:
    client.force_login(make_person())
    client.post("/concepten/small/", {"words": "geheim", "quietly": "yes"})
    assert initial_for(make_person()) == {}


def test_secrets_are_never_kept(client: Client) -> None:
    client.force_login(make_person())
    client.post("/concepten/small/", {"password": "x", "csrfmiddlewaretoken": "y", "words": "z", "quietly": "yes"})
    assert Draft.objects.get().values == {"words": ["z"]}


def test_too_long_is_refused_and_said(client: Client) -> None:
    client.force_login(make_person())
    typed = {"words": "x" * (LONGEST_DRAFT + 1)}
    assert client.post("/concepten/small/", {**typed, "quietly": "yes"}).status_code == 413
    assert "te lang" in client.post("/concepten/small/", {**typed, "next": "/meer/"}, follow=True).content.decode()
    assert not Draft.objects.exists()


def test_sent_is_forgotten() -> None:
    person = make_person()
    keep_draft(owner=person.urn, form="small", values={"words": ["x"]}, at=AT)
    request = RequestFactory().post("/")
    request.user = person
    forget_draft(request, "small")
    assert not Draft.objects.exists()


def test_the_oldest_goes_when_there_are_many() -> None:
    for number in range(DRAFTS_A_PERSON + 2):
        keep_draft(owner="urn:x", form=f"f{number}", values={}, at=AT + timedelta(minutes=number))
    assert Draft.objects.count() == DRAFTS_A_PERSON
    assert not Draft.objects.filter(form__in=["f0", "f1"]).exists()


def test_what_nobody_came_back_to_is_forgotten() -> None:
    keep_draft(owner="urn:x", form="old", values={}, at=AT - DRAFT_LIFE - timedelta(seconds=1))
    keep_draft(owner="urn:x", form="new", values={}, at=AT - DRAFT_LIFE + timedelta(seconds=1))
    assert drop_old_drafts(at=AT) == 1
    assert Draft.objects.get().form == "new"


def test_anonymous_people_have_no_drafts(client: Client) -> None:
    assert client.post("/concepten/small/", {"words": "x"}).status_code == 302
    assert not Draft.objects.exists()
