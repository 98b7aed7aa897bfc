"""Stage privacy: whether an output names a person on a list, or holds numbers of persons."""
