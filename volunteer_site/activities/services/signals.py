"""What activities tell the modules above; sent inside the transaction, so a listener may refuse."""

from blinker import Signal

rescheduled = Signal("a shift has another time: shift_id, starts_at, ends_at")
enlarged = Signal("a shift has more places: shift_id, now")
cancelling = Signal("an activity is about to be cancelled: activity_id, now")
names_asked = Signal("who has signed up for these shifts: shift_ids; listeners return names")
