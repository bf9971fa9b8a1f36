"""The measured promises: each one a ratio of two things timed side by side.

`python -m bench` (or `make bench`) prints them all. Milliseconds are for scale only;
the promise is the ratio, as both sides run on the same machine in the same minute.
"""
