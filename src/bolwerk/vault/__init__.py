"""What is kept safe, for how long, and how it goes: protected fields and files, retention, erasure."""
