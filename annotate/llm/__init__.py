"""Ask a language model: write the request, pay for the answer once, read it, have it repaired.

A prompt, a schema and chunks come in; annotations go out, with the account of every chunk. It talks
to endpoints and keeps their answers; it does not decide what is right, and it does not write runs.

The way of an answer, from the outside in: `annotator` asks about a chunk, `inquiry` asks until the
answer is whole, `request_builder` writes the request, `completions` gets its answer from `cache` or
pays for it (`budget`, `rate_limit`, `retry`, `breaker`), `client` sends it once, `errors` says what
a failure means, `responses` reads what came, `conversation` and `repair` send back what is wrong,
`account` adds up what it took.
"""
