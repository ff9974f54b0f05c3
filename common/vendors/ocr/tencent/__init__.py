"""Tencent Cloud's 通用印刷体识别（高精度版）, GeneralAccurateOCR."""
