"""The month's book of a community: signed off by the coordinator, sealed by the office."""
