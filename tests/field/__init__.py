"""Books that releases of jcm_xl made, kept as text with the verdict of that day."""
