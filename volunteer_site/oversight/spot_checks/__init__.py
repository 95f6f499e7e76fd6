"""抽查: some of a month's entries, chosen by a draw that anybody can repeat, and what was found."""
