"""jcm_xl: Excel workbooks of the Joint Crediting Mechanism, from definitions."""

__version__ = "0.1.0"
