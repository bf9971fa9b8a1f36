"""An official workbook taken apart and compared with the definition of its id."""
