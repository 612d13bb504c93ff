"""What people typed lies closed from here on, and a row knows its key before it is stored."""

import json
import uuid

from django.db import migrations, models

import bolwerk.crypto.fields
from bolwerk.crypto.closing import copy_rows


def copy(apps, schema_editor):
    values = {"values": lambda content: json.dumps(content, separators=(",", ":")).encode()}
    copy_rows(apps.get_model("ui", "Draft"), apps.get_model("ui", "ClosedDraft"), table="ui_draft", closed=values)
    old, new = apps.get_model("ui", "SavedView"), apps.get_model("ui", "ClosedView")
    copy_rows(old, new, table="ui_savedview", closed={"query": str.encode})
    schema_editor.connection.check_constraints()  # or PostgreSQL will not change the tables in this transaction


class Migration(migrations.Migration):
    dependencies = [("ui", "0001_initial")]

    operations = [
        migrations.CreateModel(
            "ClosedDraft",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("owner", models.CharField(max_length=100)),
                ("form", models.SlugField(max_length=80)),
                ("values", models.BinaryField()),
                ("saved_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            "ClosedView",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("owner", models.CharField(max_length=100)),
                ("list", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=60)),
                ("query", models.BinaryField(default=b"")),
            ],
            options={"ordering": ("name",)},
        ),
        migrations.RunPython(copy),
        migrations.DeleteModel("Draft"),
        migrations.DeleteModel("SavedView"),
        migrations.RenameModel("ClosedDraft", "Draft"),
        migrations.RenameModel("ClosedView", "SavedView"),
        migrations.AlterField("draft", "values", bolwerk.crypto.fields.ProtectedJSONField()),
        migrations.AlterField(
            "savedview", "query", bolwerk.crypto.fields.ProtectedTextField(blank=True, max_length=500)
        ),
        migrations.AddConstraint(
            "draft", models.UniqueConstraint(fields=("owner", "form"), name="one_draft_a_form")
        ),
        migrations.AddConstraint(
            "savedview", models.UniqueConstraint(fields=("owner", "list", "name"), name="one_view_a_name")
        ),
    ]
