"""Text out of pictures: two vendors behind one port, chosen by OCR_PROVIDER."""
