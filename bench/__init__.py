"""How fast the site is, measured as it is served: `make bench`; docs/performance.md tells how."""
