"""A publishing desk for election offices: checked, approved, published once, provable."""

__version__ = "0.1.0"
