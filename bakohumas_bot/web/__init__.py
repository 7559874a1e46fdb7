"""The desk in a browser. For now it serves what platforms must fetch: prepared pictures, for a while."""
