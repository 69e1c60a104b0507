"""Annotate on a cluster with Ray Data: documents come in as a dataset, Parquet goes out.

Ray reads, schedules and starts anew what died. Here stand what one of its workers does with a
portion of the documents, how a portion is kept so that it is there once and whole, and the one
process that spends: it holds cap, limits and cache for all workers. Ray is imported only where a
dataset is annotated.
"""

from annotate.scale.dataset import annotate_dataset as annotate_dataset
from annotate.scale.dataset import annotate_inputs as annotate_inputs
from annotate.scale.dataset import read as read
