"""公示: what is proposed is shown to everybody for some working days; anybody may object (R42)."""
