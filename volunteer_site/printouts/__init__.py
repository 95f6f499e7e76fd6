"""The print shop: everything on paper, and pictures to send."""
