"""Ask a second question about each annotation: do its words support it?

A run comes in; the same run with a verdict beside each annotation goes out, in a folder of its own.
A model judges what stands there. Nothing is found, changed or deleted here.

The way of a verdict: `batches` puts annotations that stand together into one question, `prompt`
writes it, `answer` says what an answer has to look like, `examination` reads it and has it
repaired, `verifier` asks through `annotate.llm.inquiry`, `verify` reads and writes the runs,
`agreement` holds verdicts against gold.
"""
