"""Data only: definitions, layout, messages and report templates."""
