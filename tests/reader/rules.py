"""A calibration for tests."""

from typing import Any

from bot.reader.calibration import FEATURES, Calibration, FusionWeights


def rules(**others: Any) -> Calibration:  # noqa: ANN401 - fields of any type
    """Return rules under which the evidence alone decides, with some fields changed."""
    fields: dict[str, Any] = {
        "reader": "0" * 64,
        "fitted_on": "nothing",
        "fusion": FusionWeights(span=1.0, no_answer=-1.0, passage=0.0, sentence=0.0),
        "weights": {name: float(name == "evidence") for name in FEATURES},
        "bias": 0.0,
        "unsure_from": 0.3,
        "thresholds": ((1.0, 0.0), (0.2, 0.4), (0.1, 0.6), (0.05, 0.8)),
        "calibration_error": 0.01,
    }
    return Calibration(**(fields | others))
