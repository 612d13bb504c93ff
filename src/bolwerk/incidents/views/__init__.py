"""Pages of Veilig werken: find (access), form, one action, render."""
