"""The pretend Graph API v26.0: a Facebook Page and an Instagram account."""
