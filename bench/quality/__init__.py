"""How often the checker is wrong: measured by one command, `make quality`."""
