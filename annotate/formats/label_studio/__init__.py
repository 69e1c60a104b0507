"""Label Studio: tasks with predictions and a labelling configuration, written and read back."""
