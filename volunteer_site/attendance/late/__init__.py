"""补录: somebody was there, but nothing says so; asked for with evidence, granted by a second."""
