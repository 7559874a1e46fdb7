"""Measures and torments the desk from outside: load, crashes, pauses. A tool for its developers."""
