"""How much memory this process has taken."""

import sys


def peak_memory_mb() -> float:
    """Return the largest resident size of this process so far, in megabytes; 0 on Windows."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6  # macOS counts bytes
