"""The demo district: invented people, real structure, the same for the same seed."""
