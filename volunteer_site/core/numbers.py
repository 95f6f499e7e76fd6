"""Hours, the way a record shows them. What is kept are whole minutes."""

UNIT = 30  # R4, in minutes


def show_hours(minutes: int, unit: int = UNIT) -> str:
    """Return minutes as hours, in whole units of so many minutes, rounded down: 59 → 0.5 (R4).

    Never shows more than was served: add up minutes first and show the sum. A correction, below
    zero, shows what it takes back from an entry of the same size.
    """
    hundredths = abs(minutes) // unit * unit * 100 // 60
    if not hundredths:
        return "0"
    hours = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    return f"-{hours}" if minutes < 0 else hours
