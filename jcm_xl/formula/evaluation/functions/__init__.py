"""The functions of a spreadsheet, by family; importing this enters them all."""

from jcm_xl.formula.evaluation.functions import (
    conditions,
    days,
    facts,
    lookups,
    numbers,
    sums,
    texts,
)

EVERY = (conditions, days, facts, lookups, numbers, sums, texts)
