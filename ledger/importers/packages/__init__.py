"""Files of other accounting packages: recognised by their heads, turned into the sheets that the importers read."""
