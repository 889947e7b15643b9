"""What Meta's templates are made of, what fills them, and what is wrong with a message that does not."""
