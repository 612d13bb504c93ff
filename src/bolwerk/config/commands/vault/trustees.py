"""`bolwerk vault trustees`, `appoint`, `accept`, `agree-with-trustees`, `ask`, `agree`, `receive` and the like."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, in_installation
from bolwerk.config.commands.vault.asking import by_person, find, new_phrase, opened, refusals, secret, show_code

if TYPE_CHECKING:
    from bolwerk.vault.models import EscrowRequest


def _request(request_id: UUID) -> "EscrowRequest":
    from bolwerk.vault.models import EscrowRequest

    found = EscrowRequest.objects.filter(pk=request_id).first()
    if found is None:
        raise Refused(_("There is no request %(request_id)s. Nothing was changed.") % {"request_id": request_id})
    return found


@click.command("trustees")
@in_installation
def trustees(folder: Path) -> None:  # noqa: ARG001  --dir starts Django
    """Who the trustees are, and how many vaults two of them can open."""
    from bolwerk.vault.queries import coverage, running_trustees

    for trustee in running_trustees():
        told = f"{trustee.person.name} ({trustee.person.email})"
        click.echo(told if trustee.accepted_at else _("%(trustee)s, has not accepted") % {"trustee": told})
    covered, vaults = coverage()
    click.echo(
        _("Two trustees together can open %(covered)s of %(vaults)s vaults.") % {"covered": covered, "vaults": vaults}
    )


@click.command("appoint")
@in_installation
@click.argument("email")
def appoint(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django
    """Ask the colleague with the address EMAIL to be a trustee."""
    from django.utils import timezone

    from bolwerk.audit.actions import SYSTEM
    from bolwerk.vault.actions import appoint_trustee

    person = find(email)
    with refusals():
        appoint_trustee(person=person, by=SYSTEM, at=timezone.now())
    click.echo(_("%(person)s was asked, and has to accept.") % {"person": person.name})


@click.command("accept")
@in_installation
@by_person
def accept(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django
    """Accept to be a trustee."""
    from django.utils import timezone

    from bolwerk.vault.actions import accept_trust

    with refusals():
        accept_trust(vault=opened(email), at=timezone.now())
    click.echo(_("A trustee from now on."))


@click.command("hand-over")
@in_installation
@by_person
@click.argument("to")
def hand_over(folder: Path, email: str, to: str) -> None:  # noqa: ARG001  --dir starts Django
    """Stop as a trustee and hand what one holds to the trustee with the address TO."""
    from django.utils import timezone

    from bolwerk.vault import actions

    with refusals():
        moved = actions.hand_over(vault=opened(email), to=find(to), at=timezone.now())
    click.echo(_("%(moved)s halves went over.") % {"moved": moved})


@click.command("agree-with-trustees")
@in_installation
@by_person
def agree_with_trustees(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django
    """Let any two of the trustees of now together open one's vault."""
    from django.utils import timezone

    from bolwerk.vault.actions import split_over_trustees
    from bolwerk.vault.queries import mark_of, trustees_for

    people = trustees_for(find(email))
    click.echo(_("The trustees are: %(names)s") % {"names": ", ".join(person.name for person in people)})
    with refusals():
        seen = mark_of(person.pk for person in people)
        split_over_trustees(vault=opened(email), seen=seen, at=timezone.now())
    click.echo(_("Any two of them together can open it from now on."))


@click.command("ask")
@in_installation
@by_person
@click.option("--reason", required=True, help="The trustees read this.")
@click.option("--successor", help="E-mail address of whoever takes over; without it, the owner asks and gets it back.")
def ask(folder: Path, email: str, reason: str, successor: str | None) -> None:  # noqa: ARG001  --dir starts Django
    """Ask two trustees to open the vault of --person; prints the number of the request.

    The owner chooses the new phrase already. A successor asks with the phrase of the own vault.
    """
    from django.utils import timezone

    from bolwerk.vault.actions import ask_for_owner, ask_for_successor

    owner, now = find(email), timezone.now()
    with refusals():
        if successor:
            to = opened(successor).person
            request = ask_for_successor(owner=owner, successor=to, reason=reason, by=to, at=now)
        else:
            request = ask_for_owner(person=owner, phrase=new_phrase(), reason=reason, at=now)
    click.echo(str(request.pk))


@click.command("requests")
@in_installation
@by_person
def requests(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django
    """The requests that wait for a trustee."""
    from bolwerk.vault.access import requests_to_judge

    for one in requests_to_judge(find(email)):
        click.echo(
            _("%(request)s  %(person)s, for %(receiver)s: %(reason)s")
            % {"request": one.pk, "person": one.key.person.name, "receiver": one.receiver.name, "reason": one.reason}
        )


@click.command("agree")
@in_installation
@by_person
@click.argument("request_id", type=click.UUID)
def agree(folder: Path, email: str, request_id: UUID) -> None:  # noqa: ARG001  --dir starts Django
    """Agree with a request as a trustee. Speak to the person first."""
    from django.utils import timezone

    from bolwerk.vault import actions

    request = _request(request_id)
    with refusals():
        done = actions.agree(request=request, vault=opened(email), at=timezone.now())
    click.echo(_("Opened for its receiver.") if done.second else _("Agreed. Another trustee has to agree as well."))


@click.command("refuse")
@in_installation
@by_person
@click.argument("request_id", type=click.UUID)
def refuse(folder: Path, email: str, request_id: UUID) -> None:  # noqa: ARG001  --dir starts Django
    """Refuse a request as a trustee: it ends."""
    from django.utils import timezone

    from bolwerk.vault import actions

    request = _request(request_id)
    with refusals():
        actions.refuse(request=request, by=opened(email).person, at=timezone.now())
    click.echo(_("Refused. Nothing was opened."))


@click.command("receive")
@in_installation
@by_person
def receive(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django
    """Get one's own vault back after two trustees opened it, with the phrase chosen when asking."""
    from django.utils import timezone

    from bolwerk.vault.actions import receive_own

    person = find(email)
    with refusals():
        phrase = secret(_("The phrase that was chosen when asking"))
        _vault, code = receive_own(person=person, phrase=phrase, at=timezone.now())
    show_code(code)


@click.command("take-over")
@in_installation
@by_person
@click.argument("request_id", type=click.UUID)
def take_over(folder: Path, email: str, request_id: UUID) -> None:  # noqa: ARG001  --dir starts Django
    """Take over what a predecessor could read, after two trustees opened that vault."""
    from django.utils import timezone

    from bolwerk.vault import actions

    request = _request(request_id)
    with refusals():
        count = actions.take_over(request=request, vault=opened(email), at=timezone.now())
    click.echo(_("%(count)s sealed envelopes open for this person now.") % {"count": count})


COMMANDS = (
    trustees,
    appoint,
    accept,
    hand_over,
    agree_with_trustees,
    ask,
    requests,
    agree,
    refuse,
    receive,
    take_over,
)
