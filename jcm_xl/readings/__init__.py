"""Logs of meters and inverters, and invoices, to months."""
