"""Pages of people, departments, roles and the installation."""
