"""The trail itself: one table of lines and one row that knows its head."""

from django.db import models


class Line(models.Model):
    """One thing that happened. `hash` covers this line and `previous_hash`, so that no line can change unnoticed."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=80, db_index=True)
    subject = models.CharField(max_length=200, db_index=True)
    actor = models.CharField(max_length=200, db_index=True)
    reason = models.CharField(max_length=400, blank=True)
    trace_id = models.CharField(max_length=32, blank=True)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("-sequence",)


class Head(models.Model):
    """The last line of the chain: the one row that writers lock, so that the chain never forks."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
