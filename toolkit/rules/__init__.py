"""One small class per rule: what an office would catch by eye."""
