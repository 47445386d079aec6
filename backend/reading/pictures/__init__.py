"""A picture of any kind becomes ink."""
