"""Fine-tuning of Qwen3 on the rows of a data folder."""
