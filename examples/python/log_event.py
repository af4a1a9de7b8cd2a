"""Logs one signed event to an Arunika server, with Python's standard library alone.

    ARUNIKA_ENDPOINT=http://127.0.0.1:4100 ARUNIKA_APP_ID=app_… ARUNIKA_API_KEY=sk_live_… \
        python3 log_event.py login ada@example.com
"""

import hashlib
import hmac
import json
import os
import sys
import time
import urllib.request


def log_event(endpoint: str, app_id: str, api_key: str, event: dict) -> dict:
    """Posts an event and returns the server's answer: {"accepted", "duplicates", "rejected"}."""
    body = json.dumps(event).encode()
    timestamp = str(int(time.time()))
    # The signature is over the bytes exactly as they are sent.
    digest = hmac.new(api_key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    request = urllib.request.Request(
        endpoint + "/api/webhooks/events",
        data=body,
        headers={
            "Content-Type": "application/json",
            "X-App-ID": app_id,
            "X-API-Key": api_key,
            "X-Webhook-Timestamp": timestamp,
            "X-Webhook-Signature": "sha256=" + digest,
        },
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python3 log_event.py EVENT_TYPE EMAIL")
    answer = log_event(
        os.environ["ARUNIKA_ENDPOINT"],
        os.environ["ARUNIKA_APP_ID"],
        os.environ["ARUNIKA_API_KEY"],
        {"eventType": sys.argv[1], "identifier": {"email": sys.argv[2]}},
    )
    print(json.dumps(answer))
    if answer["rejected"]:
        sys.exit(1)
