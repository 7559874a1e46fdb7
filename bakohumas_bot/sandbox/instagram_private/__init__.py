"""The pretend private Instagram API, as far as instagrapi 3 needs it."""
