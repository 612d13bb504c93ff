"""Base templates, components, icons, charts and design tokens: the one look of the house."""
