"""The hosts that run our Python in or beside a workbook, given the same vectors."""
