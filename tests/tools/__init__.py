"""Tools of the builders: translations and a browser. The product does not need them."""
