"""Reasons of roles and kept files lie closed from here on."""

from django.db import migrations, models

import bolwerk.crypto.fields
from bolwerk.crypto.closing import close_column


def close(apps, schema_editor):
    close_column(apps.get_model("accounts", "Grant"), source="reason", target="reason_closed", column="reason")
    file = apps.get_model("accounts", "PeopleFile")
    close_column(file, source="content", target="content", column="content", to_bytes=bytes)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_people_file")]

    operations = [
        migrations.AddField("grant", "reason_closed", models.BinaryField(default=b"")),
        migrations.RunPython(close),
        migrations.RemoveField("grant", "reason"),
        migrations.RenameField("grant", "reason_closed", "reason"),
        migrations.AlterField(
            "grant",
            "reason",
            bolwerk.crypto.fields.ProtectedTextField(blank=True, max_length=200, verbose_name="reason"),
        ),
        migrations.AlterField("peoplefile", "content", bolwerk.crypto.fields.ProtectedBytesField()),
    ]
