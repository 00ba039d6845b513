"""Trains the compact networks of @arae/cv-models-compact on generated sheets."""
