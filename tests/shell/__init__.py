"""The shell as somebody with an account sees it: tests that need people, whom `ui` itself does not know."""
