"""The stage verify: a paper rebuilt from its archive, and a verdict for each thing that it says."""
