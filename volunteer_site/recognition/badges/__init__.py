"""徽章: earned by a rule that is data, or given by hand; each rests on named hours (R38)."""
