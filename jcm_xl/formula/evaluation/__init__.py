"""The formulas of a book, evaluated by ourselves: each cell as it is asked for."""
