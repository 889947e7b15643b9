"""Numbers from samples: percentiles that were really seen, and how they are written."""

import math
from collections.abc import Sequence


def percentile(samples: Sequence[float], share: float) -> float:
    """Return the smallest sample that at least ``share`` of all do not exceed (nearest rank)."""
    ordered = sorted(samples)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def median(samples: Sequence[float]) -> float:
    """Return the sample in the middle; of two, the lower."""
    return percentile(samples, 0.5)


def milliseconds(seconds: float) -> str:
    """Write a short time."""
    return f"{seconds * 1000:.1f} ms"


def rate(per_second: float) -> str:
    """Write a throughput."""
    return f"{per_second:,.0f} /s"
