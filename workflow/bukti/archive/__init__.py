"""The archive of a paper: all that it is made from and all that was made, in one file."""
