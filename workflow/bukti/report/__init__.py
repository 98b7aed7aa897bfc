"""Stage report: one page that shows every claim with its evidence, and what was not checked."""
