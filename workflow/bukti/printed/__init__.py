"""Finished papers read back: their text with its places, and the evidence that they carry."""
