"""Pages that write: a server on this machine for one person, with starlette and uvicorn.

A review comes in; its page and the decisions made on it go over the loopback interface. It writes
nothing itself: decisions go through `annotate.review`.
"""
