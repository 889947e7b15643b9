"""The shapes of what Meta posts, one noun a file: unknown keys are kept, and only what is needed is required."""
