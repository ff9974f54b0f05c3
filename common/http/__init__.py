"""The one HTTP client every vendor goes through: retries, deadlines, a breaker, and one record per call."""

from common.http.client import Check, HttpClient, Measure, VendorHttp
from common.http.records import CallRecord, Recorder

__all__ = ["CallRecord", "Check", "HttpClient", "Measure", "Recorder", "VendorHttp"]
