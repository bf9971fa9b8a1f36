"""The plan of the sheets, and writing and reading by that plan."""
