"""The norm of the organisation and of teams, house rules, meetings."""
