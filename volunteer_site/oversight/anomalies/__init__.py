"""What looks odd in the record of hours: found by rules, looked at by people, never punished."""
