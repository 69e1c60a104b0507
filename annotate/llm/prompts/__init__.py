"""Turn a versioned prompt file, a schema and a chunk into the messages of a request.

A prompt file with its examples comes in; rendered messages go out, in which the text of the
document stands unchanged. It sends nothing, and it does not know how an answer is asked for: that
is a matter of `annotate.llm.modes`.
"""
