"""Whether Excel takes what we write: Microsoft's validator, and Excel's own limits."""
