"""Ask a language model: write the request, pay for the answer once, read it, have it repaired.

In come a prompt, a schema and chunks; out go annotations with the account of every chunk. It speaks
to endpoints and keeps their answers; it does not decide what is right, and it writes no run.
"""
