"""Reads any workbook within limits; knows nothing of JCM. See README.md beside."""
