"""Excel formulas: parsed, compared, evaluated, given to a second engine."""
