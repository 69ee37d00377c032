"""Evaluating the whole chain on question sets: metrics, comparisons, reports."""
