"""Benchmarks: each beside a peer in the same run. They are not tests: none fails on a clock."""
