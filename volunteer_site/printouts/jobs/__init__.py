"""Printing that takes longer than one should wait for: made in the background, fetched later."""
