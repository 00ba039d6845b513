"""Turns ARAE's trained networks into ONNX files and the `models.json` that describes them."""
