"""Keep what was paid for, so that each answer is paid for once.

Requests go in with their answers, and the same requests get the same answers back, in this process
or in a later one; what was costly to prepare is kept beside them. It reads no answer: whatever an
endpoint sent is kept as it came.
"""
