"""brat standoff: a folder of `.txt` and `.ann` files, written and read back."""
