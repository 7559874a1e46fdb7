"""The pretend Telegram: desk and channel, long polling, files, callbacks, albums, and people with phones."""
