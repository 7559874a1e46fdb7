"""The nation's nine o'clock: every office publishes in the same second, measured against the bare library calls."""
