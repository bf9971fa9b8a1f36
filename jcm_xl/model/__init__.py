"""Frozen values that the stages hand to each other. No input, no output."""
