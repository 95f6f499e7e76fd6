"""For the national system: who served and what was done, as its regulation wants it (R36)."""
