"""The little language of formulas: parse, check units, evaluate, render.

Knows nothing of methodologies. Import from its modules, for example
``from jcm_xl.expr.parse import parse``.
"""
