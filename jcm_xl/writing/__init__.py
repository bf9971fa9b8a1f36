"""A plan and its values written as a workbook."""
