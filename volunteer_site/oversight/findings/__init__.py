"""查实: entries proven false, taken back together, with a kept list of what changed (R30)."""
