"""Tests of the ring, the key file and the protected fields."""
