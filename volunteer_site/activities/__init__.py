"""What communities do: programmes, activities with their shifts, and the board that lists them."""
