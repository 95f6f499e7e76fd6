"""徽章设计: badges that people design, propose, and see approved by their community."""
