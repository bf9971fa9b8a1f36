"""Every item of a methodology in its cell. No input or output."""
