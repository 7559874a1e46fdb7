"""The pretend X: OAuth signatures, media uploads, posts, timelines and rate windows, after X's OpenAPI 2.167."""
