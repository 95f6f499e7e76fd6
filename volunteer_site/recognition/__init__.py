"""How hours are honoured: badges, stars, rolls, good deeds, certificates."""
