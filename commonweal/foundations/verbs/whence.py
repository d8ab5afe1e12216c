"""From where a request comes, as a keyed digest: enough to slow somebody down, too little to know who it is."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def whence(request: HttpRequest) -> str:
    """A digest of the address. Behind our proxy it is the last one that the proxy names."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER is not None:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    return salted_hmac("commonweal.notices.whence", address, algorithm="sha256").hexdigest()
