"""The rulebook: what stands between a draft and its submission, one file per family. The door is `rules.check`."""
