"""Who was there: the door, check-in and check-out, closing, and what is put right afterwards."""
