"""The words of mail: neutral, without anything of what it is about, to one person, in that person's language."""

from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from bolwerk.deadlines.models import Message

SUBJECTS = {
    Message.Kind.TASK: _("A task is waiting for you in Bolwerk"),
    Message.Kind.REMINDER: _("A task in Bolwerk must be done soon"),
    Message.Kind.ESCALATION: _("A task in Bolwerk needs you"),
    Message.Kind.NEWS: _("There is news for you in Bolwerk"),
}


def mail_for(*, message: Message, at: datetime) -> EmailMessage:
    """The mail of a message: what waits (a task, news) and a link; never what it is about.

    Its Message-ID follows from the message, so that a mailbox that gets it twice can tell.
    """
    with override(message.person.language or settings.LANGUAGE_CODE):
        subject = str(SUBJECTS[Message.Kind(message.kind)])
        body = "\n\n".join(
            (
                gettext("Hello,"),
                subject + ".",
                gettext("Sign in to see it:") + f"\n{settings.BOLWERK_BASE_URL}{message.path}",
                gettext("This mail does not say what it is about, so that nobody else can read that."),
                gettext("Questions? Ask your manager or the administrator of Bolwerk in your organisation."),
            )
        )
    host = urlsplit(settings.BOLWERK_BASE_URL).hostname
    headers = {
        "Message-ID": f"<{message.pk}@{host}>",
        "Date": format_datetime(at),
        "Auto-Submitted": "auto-generated",  # RFC 3834: absence notices stay away
    }
    return EmailMessage(subject, body, to=[message.person.email], headers=headers)
