"""The screens of the trail. They stand here because the trail itself lies below whoever may read it (ADR 9)."""
