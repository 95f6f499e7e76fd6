"""The ledger of hours: only added to, sealed day by day, with its totals and corrections."""
