"""Run a command once; print wall time, processor time and peak memory as JSON.

A process of its own and a small one: Linux counts the memory of whoever starts a
program towards the peak of what it starts.
"""

import json
import os
import sys
import time


def main(command: list[str]) -> int:
    """Run the command without output; its own exit code is ours."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    streams = [(os.POSIX_SPAWN_DUP2, nowhere, stream) for stream in (0, 1)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=streams)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024
    told = {
        "seconds": seconds,
        "processor": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * unit,
    }
    print(json.dumps(told))
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
