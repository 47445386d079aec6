"""Segmentation: which ink belongs to which character of a number."""
