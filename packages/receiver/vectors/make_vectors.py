"""Writes the vectors of this folder: every code by the hmac module of Python, so that none rests on our own code."""
import base64, hashlib, hmac, json, os
out = os.path.dirname(os.path.abspath(__file__))
K1 = base64.b64decode('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')
K2 = bytes(range(32))
b64 = lambda b: base64.b64encode(b).decode()
def sw(key, id, ts, body): return 'v1,' + b64(hmac.new(key, f'{id}.{ts}.'.encode() + body, hashlib.sha256).digest())
whsec = lambda k: 'whsec_' + b64(k)
def vec(title, id, ts, body, key, sigs=None, secrets=None, source="computed with Python's hmac", matched=0):
    return {'title': title, 'source': source, 'secrets': secrets or [whsec(key)],
      'headers': {'webhook-id': id, 'webhook-timestamp': str(ts), 'webhook-signature': sigs or sw(key, id, ts, body)},
      'bodyBase64': b64(body), 'matchedSecret': matched}
ts = 1700000000
pub = vec('the published vector', 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, b'{"test": 2432232314}', K1,
  sigs='v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  source='standard-webhooks/standard-webhooks, libraries/python/tests/test_webhooks.py (test_sign_function)')
assert pub['headers']['webhook-signature'] == sw(K1, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, b'{"test": 2432232314}')
other = 'v1,' + b64(bytes(32))
v1a = 'v1a,' + b64(bytes(64))
body = '{"type":"order.shipped","timestamp":"2023-11-14T22:13:20.000Z","data":{"orderId":"o-1","note":"caf\u00e9 \u2615"}}'.encode()
vs = [pub,
 vec('an event with text outside ASCII', 'msg_1', ts, body, K2),
 vec('an empty body', 'msg_2', ts, b'', K2),
 vec('a body that starts with a byte order mark', 'msg_3', ts, b'\xef\xbb\xbf{"type":"a.b"}', K2),
 vec('a body that is not UTF-8', 'msg_4', ts, bytes([0xff,0xfe,0x00,0xc3,0x28]), K2),
 vec('an id with full stops and spaces', 'msg. 5 .x', ts, body, K2),
 vec('several signatures, the right one last, beside other versions', 'msg_6', ts, body, K2, sigs=' '.join([v1a, other, 'v2,x', sw(K2,'msg_6',ts,body)])),
 vec('the right signature after entries that are malformed', 'msg_10', ts, body, K2, sigs=' '.join(['v1,AAAA', 'v1,', 'v1,?', '', 'nonsense', sw(K2,'msg_10',ts,body)])),
 vec('a rotation: signed with the older of two secrets', 'msg_7', ts, body, K1, secrets=[whsec(K2), whsec(K1)], matched=1),
 vec('a secret without its prefix', 'msg_8', ts, body, K2, secrets=[b64(K2)]),
 vec('a body of 4 KiB', 'msg_9', ts, b'x' * 4096, K2),
]
json.dump({'scheme': 'Standard Webhooks, symmetric (v1)', 'vectors': vs}, open(out + '/standard-webhooks.json', 'w'), indent=2, ensure_ascii=False)
def hx(h, key, content): return hmac.new(key.encode(), content, h).hexdigest()
hv = [
 {'title': 'hex of the body alone', 'hash': 'SHA-256', 'encoding': 'hex', 'prefix': 'sha256=', 'secret': "It's a Secret to Everybody", 'timed': False,
  'source': 'GitHub docs, "Validating webhook deliveries" (testing the webhook payload validation)', 'bodyBase64': b64(b'Hello, World!'),
  'signature': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'},
]
assert hv[0]['signature'] == 'sha256=' + hx('sha256', hv[0]['secret'], b'Hello, World!')
for h, n in (('sha1','SHA-1'),('sha256','SHA-256'),('sha512','SHA-512')):
  for enc in ('hex','base64'):
    content = f'{ts}.'.encode() + body
    d = hmac.new('s3cr\u00e9t'.encode(), content, h).digest()
    hv.append({'title': f'{enc} of HMAC-{n} over timestamp and body', 'hash': n, 'encoding': enc, 'prefix': '', 'secret': 's3cr\u00e9t', 'timed': True,
      'source': "computed with Python's hmac", 'timestamp': str(ts), 'bodyBase64': b64(body), 'signature': d.hex() if enc=='hex' else b64(d)})
json.dump({'scheme': 'HMAC over parts of the request', 'vectors': hv}, open(out + '/hmac.json', 'w'), indent=2, ensure_ascii=False)
