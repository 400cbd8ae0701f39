"""The recorded incidents through the real Prometheus: what spoke on the day, and what would speak now."""
