"""Reports, calculations and explanations as text, JSON and HTML."""
