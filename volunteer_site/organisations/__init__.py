"""The tree of district, communities, units and teams, and who is paired with whom."""
