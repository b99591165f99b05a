"""The catalogue of EU–Latin America and Caribbean cooperation: YAML records in, Markdown out.

`generator.build.build` is the table of contents of the whole program.
"""
