"""What keeps the record honest: objections, complaints, anomalies, spot checks."""
