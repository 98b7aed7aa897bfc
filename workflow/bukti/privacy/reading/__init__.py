"""The texts of an output, whatever kind of file it is: what people see, metadata, files within."""
