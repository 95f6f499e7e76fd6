"""举报: anybody says that a record is untrue, without logging in and without being seen (R28)."""
