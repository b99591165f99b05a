"""How fast the generator is, on records made from the models."""
