"""From an API key to a session that is billed, and a webhook that is verified. Needs Python 3.9 and nothing else.

    HTTP=http://127.0.0.1:3000 KEY=jg_live_… python3 examples/first_session.py

The receiver runs on this machine. A local stack reaches it where JOULEGATE_ALLOW_LOOPBACK=1 was set for `npm start`;
for a deployed one set PUBLIC_URL to an https address that leads to PORT (8080).
"""

import base64
import datetime
import hashlib
import hmac
import http.server
import json
import os
import queue
import threading
import time
import urllib.parse
import urllib.request

HTTP, KEY = os.environ["HTTP"], os.environ["KEY"]
PUBLIC_URL = os.environ.get("PUBLIC_URL")
PORT = int(os.environ.get("PORT", "8080" if PUBLIC_URL else "0"))


def call(method, path, body=None, key=KEY):
    request = urllib.request.Request(
        HTTP + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": "Bearer " + key, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        text = response.read()
    return json.loads(text) if text else None


def is_genuine(secret, headers, body):
    """Standard Webhooks: one signature of several has to be valid, and the delivery must not be old."""
    timestamp = headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    signatures = headers["webhook-signature"].split(" ")
    return any(hmac.compare_digest(expected, one) for one in signatures)


deliveries = queue.Queue()


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        deliveries.put((self.headers, body))

    def log_message(self, *_args):
        pass


receiver = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Receiver)
threading.Thread(target=receiver.serve_forever, daemon=True).start()

tariff = call(
    "POST",
    "/tariffs",
    {"name": "Street", "currency": "EUR", "perKwh": "0.49", "vatPercent": "19"},
)
push_key = call(
    "POST",
    "/api-keys",
    {"name": "Wallbox", "scopes": ["sessions:push"], "tariffId": tariff["tariffId"]},
)
webhook = call(
    "POST",
    "/webhooks",
    {
        "url": PUBLIC_URL or f"http://127.0.0.1:{receiver.server_port}/",
        "events": ["cdr.created"],
    },
)

# Events are complete from ten seconds after the first webhook of an operator on.
time.sleep(int(os.environ.get("WAIT_MS", "11000")) / 1000)

start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
call(
    "POST",
    "/api/gateway/sessions",
    {
        "sessions": [
            {
                "carConnected": start.isoformat(timespec="milliseconds"),
                "carDisconnected": (start + datetime.timedelta(hours=1)).isoformat(
                    timespec="milliseconds"
                ),
                "kiloWattHours": 32.5,
            }
        ]
    },
    push_key["apiKey"],
)

headers, body = deliveries.get(timeout=120)
if not is_genuine(webhook["secret"], headers, body):
    raise SystemExit("The delivery is not genuine.")
event = json.loads(body)
cdr = call("GET", "/cdrs/" + urllib.parse.quote(event["data"]["cdrId"], safe=""))
total = cdr["total"]
print(f"verified: {event['type']} {event['id']}")
print(f"billed: {cdr['energyKwh']} kWh for {total['inclVat']} {total['currency']}, {cdr['state']}")

call("DELETE", "/webhooks/" + webhook["webhookId"])
call("DELETE", "/api-keys/" + push_key["apiKeyId"])
