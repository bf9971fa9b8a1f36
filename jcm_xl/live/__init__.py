"""The live functions without any host: one registry, standard library only."""
