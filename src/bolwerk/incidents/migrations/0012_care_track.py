"""The care track: everybody concerned, with moments of their own. What was written down so far moves along."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import bolwerk.crypto.fields
from bolwerk.crypto.closing import ROWS_AT_ONCE, closed_for
from bolwerk.crypto.ring import Place
from bolwerk.incidents.rules import NEVER

DUTIES = [
    ("contact", "First contact"),
    ("reception_talk", "Reception talk"),
    ("second_talk", "Talk after 2 weeks"),
    ("third_talk", "Talk after 6 to 8 weeks"),
    ("feedback", "Feedback to the reporter"),
]
CAPACITIES = [
    ("victim", "It happened to this person"),
    ("colleague", "Colleague of whom it happened to"),
    ("witness", "Witness"),
    ("bystander", "Bystander or visitor"),
]
STATES = [("running", "Care runs"), ("declined", "No care wanted"), ("done", "Care was given")]
CARE = ("contact", "reception_talk")
WORDS = ("need", "agreed", "reason")


def person(**more):
    """Somebody with an account."""
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **more
    )


def move_along(apps, schema_editor):
    """Whoever it happened to becomes the first person concerned; moments and clocks of care become theirs."""
    incidents = apps.get_model("incidents", "Incident")
    task = apps.get_model("deadlines", "Task")
    cared = incidents.objects.filter(pk__in=apps.get_model("incidents", "CareMoment").objects.values("incident"))
    clocked = task.objects.filter(key__in=CARE, subject__startswith="urn:bolwerk:incidents:incident:")
    keys = {subject.rsplit(":", 1)[-1] for subject in clocked.values_list("subject", flat=True).iterator()}
    keys |= {str(pk) for pk in cared.values_list("pk", flat=True).iterator()}
    keys = sorted(keys)
    for begin in range(0, len(keys), ROWS_AT_ONCE):
        for incident in incidents.objects.filter(pk__in=keys[begin : begin + ROWS_AT_ONCE]):
            _move_one(apps, incident)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else no table with new rows may still change


def _move_one(apps, incident):
    erased = incident.erased_at is not None
    first = apps.get_model("incidents", "Concerned")(
        pk=uuid.uuid4(),
        incident=incident,
        capacity="victim",
        person_id=None if erased else incident.happened_to_id,
        state="running" if incident.closed_at is None else "done",
        added_by_id=incident.reporter_id,
        added_at=incident.reported_at,
    )
    first.name, first.reason = "", ""  # closed for the row when it is saved
    first.save(force_insert=True)
    moments = apps.get_model("incidents", "CareMoment")
    for moment in moments.objects.filter(incident=incident):
        tokens = {word: closed_for(Place(moments._meta.db_table, word, str(moment.pk)), b"") for word in WORDS}
        moments.objects.filter(pk=moment.pk).update(concerned=first, **tokens)
    task, subject = apps.get_model("deadlines", "Task"), f"urn:bolwerk:incidents:care:{incident.pk}"
    for one in task.objects.filter(subject=f"urn:bolwerk:incidents:incident:{incident.pk}", key__in=CARE):
        moved = {"subject": subject, "key": f"{one.key}:{first.pk}", "page": "incidents:care"}
        task.objects.filter(pk=one.pk).update(**moved)
    running = task.objects.filter(subject=subject, status="open").order_by("due_at").first()
    last = moments.objects.filter(incident=incident).order_by("-at").values_list("at", flat=True).first()
    apps.get_model("incidents", "Care").objects.create(
        incident=incident,
        next_due_at=running.due_at if running else NEVER,
        ended_at=None if running else last or incident.closed_at or incident.reported_at,
        erased_at=incident.erased_at,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0011_corrections"),
        ("deadlines", "0004_closing_day_source"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Care",
            fields=[
                (
                    "incident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="care",
                        serialize=False,
                        to="incidents.incident",
                    ),
                ),
                ("next_due_at", models.DateTimeField(default=NEVER)),
                ("ended_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["next_due_at"], name="incidents_c_next_du_1a387f_idx")]},
        ),
        migrations.CreateModel(
            name="Concerned",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people_concerned",
                        to="incidents.incident",
                    ),
                ),
                ("capacity", models.CharField(choices=CAPACITIES, max_length=10, verbose_name="how concerned")),
                ("person", person(null=True)),
                ("name", bolwerk.crypto.fields.ProtectedTextField(blank=True, max_length=120, verbose_name="name")),
                ("state", models.CharField(choices=STATES, default="running", max_length=10)),
                ("reason", bolwerk.crypto.fields.ProtectedTextField(blank=True, max_length=300)),
                ("added_by", person()),
                ("added_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ("added_at", "pk"),
                "constraints": [models.UniqueConstraint(fields=["incident", "person"], name="concerned_once")],
            },
        ),
        migrations.RemoveConstraint(model_name="caremoment", name="care_moment_once"),
        migrations.AddField("caremoment", "need", models.BinaryField(null=True)),
        migrations.AddField("caremoment", "agreed", models.BinaryField(null=True)),
        migrations.AddField("caremoment", "reason", models.BinaryField(null=True)),
        migrations.AddField(
            "caremoment",
            "concerned",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="moments",
                to="incidents.concerned",
            ),
        ),
        migrations.RunPython(move_along, migrations.RunPython.noop),
        *(migrations.AlterField("caremoment", word, models.BinaryField()) for word in WORDS),
        *(
            migrations.AlterField(
                "caremoment", word, bolwerk.crypto.fields.ProtectedTextField(blank=True, max_length=300)
            )
            for word in WORDS
        ),
        migrations.AlterField(
            "caremoment",
            "concerned",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="moments", to="incidents.concerned"
            ),
        ),
        migrations.AlterField("caremoment", "duty", models.CharField(choices=DUTIES, max_length=20)),
        migrations.AlterField("dutyterm", "duty", models.CharField(choices=DUTIES, max_length=20, unique=True)),
        migrations.AddConstraint(
            "caremoment", models.UniqueConstraint(fields=["concerned", "duty"], name="care_moment_once")
        ),
    ]
