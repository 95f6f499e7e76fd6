"""The door without network: what a coordinator's phone keeps, and what it sends afterwards."""
