"""X (API v2) through tweepy."""
