"""Documents for Word that were made of forms."""
