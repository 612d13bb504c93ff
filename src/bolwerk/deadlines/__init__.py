"""Working days, clocks, tasks, reminders and calendar feeds."""
