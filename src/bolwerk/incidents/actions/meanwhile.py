"""Two people at once: one wins, the other is told."""


class ChangedMeanwhileError(Exception):
    """Somebody else changed the incident after this person opened it."""
