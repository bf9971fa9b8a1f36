"""Forms of the procedure as data: their fields, a project's facts, a filled book."""
