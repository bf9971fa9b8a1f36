"""How a sheet of ours in somebody's book is known: its name, and its second line."""

from __future__ import annotations

MARK = "Written by jcm_xl. Not part of the submission: 'Remove what we added' takes it."
FINDINGS, RECALCULATION, EXPLANATION, ADOPTION = (
    "JCM Findings", "JCM Recalculation", "JCM Explanation", "JCM Adoption",
)  # fmt: skip
WHAT_IF, BRIDGE, SENSITIVITY, YEARS, OPINION = (
    "JCM What-if", "JCM Bridge", "JCM Sensitivity", "JCM Years", "JCM Second opinion",
)  # fmt: skip
NAMES = (FINDINGS, RECALCULATION, EXPLANATION, ADOPTION, WHAT_IF, BRIDGE, SENSITIVITY,
         YEARS, OPINION)  # fmt: skip
