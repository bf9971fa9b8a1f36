"""One module a sheet: each puts its slots into the builder."""
