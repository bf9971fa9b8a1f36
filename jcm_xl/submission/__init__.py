"""A workbook opened: identified, its plan found, moved lines undone, cells compared."""
