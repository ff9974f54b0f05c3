"""The parts of the AI benchmark, one module a question: does it lie, block, count, match, obey, break, dawdle?"""
