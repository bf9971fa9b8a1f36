"""Checks of the sheet Meters: certificates and what they cover."""
