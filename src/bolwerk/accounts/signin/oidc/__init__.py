"""Single sign-on with the municipality's own OpenID Connect provider."""
