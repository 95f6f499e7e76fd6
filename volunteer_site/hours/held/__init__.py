"""Hours beyond what a day gives by itself: kept aside until a second person has agreed (R7)."""
