"""The monthly honor roll: prepared from the ledger, published, printed, withdrawn."""
