"""What each spreadsheet program is given to run the live functions."""
