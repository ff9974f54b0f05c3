"""The one HTTP client every vendor goes through: retries, deadlines, a breaker, and one record per call."""

from common.http.certificate import ClientCertificate
from common.http.client import Check, HttpClient, Measure, VendorHttp
from common.http.records import CallRecord, Recorder

__all__ = ["CallRecord", "Check", "ClientCertificate", "HttpClient", "Measure", "Recorder", "VendorHttp"]
