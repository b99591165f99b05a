"""The weekly look at the addresses that records cite. It is outside the build: pages only read what it wrote."""
