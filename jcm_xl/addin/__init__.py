"""Names that the macros of jcm_xl 0.1.0 import, kept for files in the field."""
