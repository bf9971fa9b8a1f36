"""Many books: walked to, judged in processes of their own, told in one table."""
