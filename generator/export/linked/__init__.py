"""The catalogue as linked data: JSON-LD in pages, SKOS, DCAT, and every record as RDF."""
