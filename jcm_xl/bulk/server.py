"""What the fork server imports first: it forgets the variable that it was started with.

A program that uses this package shares the server with it. What the program's own
processes start later is to find the environment that it knows.
"""

from __future__ import annotations

import os

SAFE_PATH = "PYTHONSAFEPATH"
MARK = "jcm_xl"
"""Our value of it, unlike the user's; Python asks only whether there is one."""

if os.environ.get(SAFE_PATH) == MARK:
    del os.environ[SAFE_PATH]
