"""How many seeded faults bukti finds, by kind: `python -m tests.faults`."""
