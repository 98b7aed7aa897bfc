"""Stage gate: all findings in one place, waivers applied, and whether the level lets them pass."""
