"""Reports know since when they are closed, so that their retention can run."""

from django.db import migrations, models
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    change = apps.get_model("incidents", "StatusChange").objects
    last = change.filter(incident=models.OuterRef("pk"), to_status="closed").order_by("-at").values("at")[:1]
    closed = apps.get_model("incidents", "Incident").objects.filter(status="closed")
    closed.update(closed_at=Coalesce(models.Subquery(last), models.F("reported_at")))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_erased_people"), ("incidents", "0003_figures_release")]

    operations = [
        migrations.AddField("incident", "closed_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField("incident", "erased_at", models.DateTimeField(editable=False, null=True)),
        migrations.RunPython(fill),
        migrations.AddIndex("incident", models.Index(fields=["closed_at"], name="incidents_i_closed__4a0ac6_idx")),
    ]
