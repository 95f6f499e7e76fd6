"""What every site needs: database, clock, calendar, words, access. Nothing of volunteering."""
