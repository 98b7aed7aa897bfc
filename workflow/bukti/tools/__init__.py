"""The only door to disk, processes, kernels, pandoc, Typst, clocks and confinement."""
