"""The text of Excel formulas: parsed, compared, given to a second engine."""
