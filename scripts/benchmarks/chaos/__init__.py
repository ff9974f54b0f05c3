"""One dependency after another goes away, is slow or lies, while people use the product."""
