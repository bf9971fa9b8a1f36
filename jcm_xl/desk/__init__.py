"""What a person does in an open workbook: the buttons, and their pages."""
