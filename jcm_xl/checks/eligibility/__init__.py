"""Checks of the eligibility criteria: JX5."""
