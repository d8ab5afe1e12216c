"""`./run bench ledger`."""

from .run import main

main()
