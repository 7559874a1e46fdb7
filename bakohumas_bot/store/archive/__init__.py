"""A backup: one uncompressed tar: a manifest, the media, every table as lines of JSON, a seal. Knows no lifecycle."""
