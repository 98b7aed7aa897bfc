"""Stage ledger: all editions joined, every claim with its evidence, its marks and their status."""
