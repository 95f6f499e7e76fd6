"""Pages on which several modules meet: the board, the desk, the office, one's own page."""
