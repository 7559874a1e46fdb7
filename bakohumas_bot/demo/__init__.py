"""The whole main job on the sandbox, told step by step: from a phone to the public, with real libraries."""
