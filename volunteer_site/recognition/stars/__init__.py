"""星级: official stars, applied for and approved, never given for hours alone (R37)."""
