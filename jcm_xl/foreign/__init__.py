"""Books that jcm_xl did not make: find what was typed into them, and where."""
