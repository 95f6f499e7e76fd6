"""光荣榜: honor rolls, prepared from the ledger, on notice, published, printed, withdrawn."""
