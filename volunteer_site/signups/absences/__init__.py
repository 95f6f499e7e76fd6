"""Those who did not come: excuses, no-shows, what follows from three of them, and appeals (R16)."""
