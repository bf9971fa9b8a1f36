"""Forms of the procedure; loaded only where the book is one."""
