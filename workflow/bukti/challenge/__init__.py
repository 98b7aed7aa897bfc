"""Faults seeded into a copy of a paper, and how many of them are reported, at their lines."""
