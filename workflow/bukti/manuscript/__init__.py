"""Stage manuscript: one edition's prose and the results become its tree, marks and findings."""
