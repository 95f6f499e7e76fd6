"""What the office asks communities about records; where a question comes from is never told."""
