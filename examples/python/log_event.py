"""Logs one signed event to an Arunika server, with Python's standard library alone.

    ARUNIKA_ENDPOINT=http://127.0.0.1:4100 ARUNIKA_APP_ID=app_… ARUNIKA_API_KEY=sk_live_… \
        python3 log_event.py login ada@example.com
"""

import hashlib
import hmac
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request


class LogEventError(Exception):
    """The server refused the event, or did not answer. The message says why."""


def log_event(endpoint: str, app_id: str, api_key: str, event: dict) -> dict:
    """Posts an event and returns the server's answer: {"accepted", "duplicates", "rejected"}.

    Raises LogEventError where the event is not known to be stored.
    """
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
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise LogEventError(refusal(error)) from error
    # No connection (OSError), a broken one, or an answer that is no JSON (ValueError): a proxy's page.
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise LogEventError(f"{endpoint} gave no answer: {getattr(error, 'reason', error)}") from error


def refusal(error: urllib.error.HTTPError) -> str:
    """The code and the detail of an application/problem+json answer."""
    try:
        problem = json.load(error)
        return f"{problem['code']}: {problem['detail']}"
    except (OSError, ValueError, KeyError, TypeError):  # not the server's own answer
        return f"HTTP {error.code} {error.reason}"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python3 log_event.py EVENT_TYPE EMAIL")
    try:
        answer = log_event(
            os.environ["ARUNIKA_ENDPOINT"],
            os.environ["ARUNIKA_APP_ID"],
            os.environ["ARUNIKA_API_KEY"],
            {"eventType": sys.argv[1], "identifier": {"email": sys.argv[2]}},
        )
    except KeyError as missing:
        sys.exit(f"set the environment variable {missing.args[0]}")
    except LogEventError as error:
        sys.exit(str(error))
    print(json.dumps(answer))
    if answer["rejected"]:
        sys.exit(1)
