"""Nouns and rules of the desk; pure: no clock, no files, no network, no environment."""
