"""The shapes of the content: dates, small values, evidence, the parts that kinds share."""
