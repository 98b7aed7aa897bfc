"""A copy of a compendium that does not say whose it is, for anonymous review."""
