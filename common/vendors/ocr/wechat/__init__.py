"""WeChat's 通用印刷体识别, /cv/ocr/comm."""
