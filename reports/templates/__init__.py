"""What the forms look like: templates that are shipped as they stand."""
