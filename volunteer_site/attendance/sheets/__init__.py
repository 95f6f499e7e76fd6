"""The sign-in sheet: paper that goes out with a number, and comes back row by row (R23, W31)."""
