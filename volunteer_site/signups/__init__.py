"""Places at activities: signing up, the waiting list, withdrawing, staying away."""
