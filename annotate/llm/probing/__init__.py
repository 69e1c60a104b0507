"""Find out how an endpoint wants to be asked, what it can do, and how fast it is.

A task and settings come in; findings, each as soon as it is there, and the profile of the model go
out. It judges the endpoint, not the model, and it sends a handful of small requests: what an
endpoint does with a whole document is the business of a run.
"""
