"""VBA text to the binary that Excel stores: compression, compound file, project."""
