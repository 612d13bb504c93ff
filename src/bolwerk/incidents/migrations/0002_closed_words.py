"""Words about people lie closed from here on, and a row of history knows its key before it is stored."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bolwerk.crypto.fields
from bolwerk.crypto.closing import close_column, copy_rows

WORDS = {"StatusChange": ["reason"], "Assignment": [], "CareMoment": [], "Feedback": ["text"], "Addition": ["text"]}
STATUSES = [("new", "New"), ("in_progress", "In progress"), ("closed", "Closed")]
DUTIES = [
    ("contact", "Contact by the manager"),
    ("reception_talk", "Reception talk"),
    ("feedback", "Feedback to the reporter"),
]
OUTCOMES = [("held", "It took place"), ("declined", "Offered, not wanted")]
OWN = {
    "StatusChange": [
        ("from_status", models.CharField(choices=STATUSES, max_length=20)),
        ("to_status", models.CharField(choices=STATUSES, max_length=20)),
        ("reason", models.BinaryField()),
    ],
    "Assignment": [
        (
            "to",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ],
    "CareMoment": [
        ("duty", models.CharField(choices=DUTIES, max_length=20)),
        ("held_on", models.DateField()),
        ("outcome", models.CharField(choices=OUTCOMES, max_length=10)),
    ],
    "Feedback": [("text", models.BinaryField())],
    "Addition": [("text", models.BinaryField())],
}


def close(apps, schema_editor):
    incident = apps.get_model("incidents", "Incident")
    for column in ("place", "words"):
        close_column(incident, source=column, target=f"{column}_closed", column=column)
    for name, words in WORDS.items():
        copy_rows(
            apps.get_model("incidents", name),
            apps.get_model("incidents", f"Closed{name}"),
            table=f"incidents_{name.lower()}",
            closed=dict.fromkeys(words, str.encode),
        )
    schema_editor.connection.check_constraints()  # or PostgreSQL will not change the tables in this transaction


def new_table(name):
    """The table of one kind of history, with keys that are known before a row is stored."""
    return migrations.CreateModel(
        f"Closed{name}",
        [
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("at", models.DateTimeField()),
            *OWN[name],
            (
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "incident",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="%(class)s_rows",
                    to="incidents.incident",
                ),
            ),
        ],
        options={"ordering": ("at", "pk"), "abstract": False},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("incident", "place_closed", models.BinaryField(default=b"")),
        migrations.AddField("incident", "words_closed", models.BinaryField(default=b"")),
        migrations.RemoveConstraint("caremoment", "care_moment_once"),
        *(new_table(name) for name in OWN),
        migrations.RunPython(close),
        migrations.RemoveField("incident", "place"),
        migrations.RemoveField("incident", "words"),
        migrations.RenameField("incident", "place_closed", "place"),
        migrations.RenameField("incident", "words_closed", "words"),
        *(migrations.DeleteModel(name) for name in OWN),
        *(migrations.RenameModel(f"Closed{name}", name) for name in OWN),
        migrations.AlterField(
            "incident",
            "place",
            bolwerk.crypto.fields.ProtectedTextField(blank=True, max_length=200, verbose_name="place"),
        ),
        migrations.AlterField(
            "incident",
            "words",
            bolwerk.crypto.fields.ProtectedTextField(blank=True, max_length=4000, verbose_name="in own words"),
        ),
        migrations.AlterField(
            "statuschange", "reason", bolwerk.crypto.fields.ProtectedTextField(blank=True, max_length=400)
        ),
        migrations.AlterField("feedback", "text", bolwerk.crypto.fields.ProtectedTextField(max_length=4000)),
        migrations.AlterField("addition", "text", bolwerk.crypto.fields.ProtectedTextField(max_length=4000)),
        migrations.AddConstraint(
            "caremoment", models.UniqueConstraint(fields=("incident", "duty"), name="care_moment_once")
        ),
    ]
