"""Inputs from TOML, CSV, a simple xlsx table, a frame or a mapping to a submission."""
