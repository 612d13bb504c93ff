"""People, departments, themes, roles and sign-in."""
