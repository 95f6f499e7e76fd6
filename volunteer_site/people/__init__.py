"""Persons: accounts and log-in, roles, consents, guardians, their data to see and to erase."""
