"""How we reckon: pure, with no web framework, clock, network or hidden dice. Importing this imports nothing else."""
