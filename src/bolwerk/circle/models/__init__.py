"""The tables of the learning circle."""

from bolwerk.circle.models.circles import Circle, Facilitator, Member, Municipality, Participant

__all__ = ["Circle", "Facilitator", "Member", "Municipality", "Participant"]
