"""Many books: walked to, judged in processes of their own, told in one table."""

import sys

MOST_JOBS = 61 if sys.platform == "win32" else 256
"""Windows waits for so many processes at once; elsewhere it is a matter of memory."""
