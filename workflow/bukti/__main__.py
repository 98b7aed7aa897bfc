"""`python -m bukti` is the command line."""

from bukti.cli import main

main()
