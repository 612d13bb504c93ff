"""What people fill in about people, departments, roles and the installation."""
