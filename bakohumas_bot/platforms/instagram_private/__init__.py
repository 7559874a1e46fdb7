"""Instagram through instagrapi: unofficial, opt-in, off by default."""
