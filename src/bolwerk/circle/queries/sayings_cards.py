"""What the trail says of the library, after the name of whoever did it."""

from django.utils.translation import gettext_lazy

from bolwerk.audit.rules.words import Group, Saying

CARD_SAYINGS: dict[str, Saying] = {
    "circle.card.begun": Saying(Group.CHANGE, gettext_lazy("began a card")),
    "circle.card.written": Saying(Group.CHANGE, gettext_lazy("wrote in a card")),
    "circle.card.published": Saying(Group.CHANGE, gettext_lazy("put a version of a card in the library")),
    "circle.card.withdrawn": Saying(Group.CHANGE, gettext_lazy("took a card out of the library")),
    "circle.card.received": Saying(Group.CHANGE, gettext_lazy("read in a card of others")),
    "circle.card.may_call": Saying(Group.CHANGE, gettext_lazy("may be called about a card by a circle")),
    "circle.card.no_calls": Saying(Group.CHANGE, gettext_lazy("can no longer be called about a card")),
    "circle.adoption.begun": Saying(Group.CHANGE, gettext_lazy("took a card over")),
    "circle.adoption.planned": Saying(Group.CHANGE, gettext_lazy("changed how a card is taken over")),
    "circle.adoption.start": Saying(Group.CHANGE, gettext_lazy("started with a card that was taken over")),
    "circle.adoption.stop": Saying(Group.CHANGE, gettext_lazy("stopped with a card that was taken over")),
    "circle.adoption.again": Saying(Group.CHANGE, gettext_lazy("began again with a card that was taken over")),
    "circle.adoption.told": Saying(Group.CHANGE, gettext_lazy("told what came of a card that was taken over")),
    "circle.question.asked": Saying(Group.CHANGE, gettext_lazy("asked or offered something in a circle")),
    "circle.question.answered": Saying(Group.CHANGE, gettext_lazy("answered a question in a circle")),
    "circle.question.solved": Saying(Group.CHANGE, gettext_lazy("said that a question in a circle is solved")),
    "circle.wish.made": Saying(Group.CHANGE, gettext_lazy("asked for a card that is not there")),
    "circle.wish.seconded": Saying(Group.CHANGE, gettext_lazy("looks for the same card as others")),
    "circle.wish.reopened": Saying(Group.CHANGE, gettext_lazy("said that a card is not the answer to a wish")),
    "circle.outcomes.published": Saying(Group.CHANGE, gettext_lazy("published what came of a card for all together")),
    "circle.wish.fulfilled": Saying(Group.CHANGE, gettext_lazy("answered a wish with a card")),
}
