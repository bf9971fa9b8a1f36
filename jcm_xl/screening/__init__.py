"""Before any workbook: which methodology fits, and about how many tonnes?"""
