"""Stage analyse: each notebook is executed once, confined, and carries its results as outputs."""
