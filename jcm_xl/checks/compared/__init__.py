"""Checks against the plan, the registered plan and earlier reports: JX6."""
