"""What goes wrong with real files: in their text, in the PDF behind the page, or on the way through paper and camera."""
