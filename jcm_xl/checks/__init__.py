"""One file per check; dropping the file in is the registration."""
