"""异议: "this is wrong", from the person whose hours they are (R27)."""
