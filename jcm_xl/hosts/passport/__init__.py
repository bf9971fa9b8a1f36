"""The passport: a book that tests itself where it is opened, and how it is read."""
