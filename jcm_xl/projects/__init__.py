"""A project's folder at work: what its books say for its forms, its forms judged."""
