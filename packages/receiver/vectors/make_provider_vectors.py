"""Writes providers.json: a delivery of every preset, signed by Python, so that none rests on our own code.

Needs the package `cryptography` for ed25519 and ECDSA. ECDSA signs with a random number: another run gives another, and
as good a, signature. The vectors that a provider has published stand here as they are, with their source.
"""
import base64, hashlib, hmac, json, pathlib
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

HERE = pathlib.Path(__file__).parent
TS = 1700000000
COMPUTED = "computed with Python's hmac"
TEXT = 'caf\u00e9 \u2615'
SECRET = 's3cr\u00e9t of 32 characters or so'
WHSEC = 'whsec_' + base64.b64encode(bytes(range(32))).decode()


def code(content, secret=SECRET, hash='sha256', key=None):
    return hmac.new(key or secret.encode(), content if isinstance(content, bytes) else content.encode(), hash).digest()


def hexed(*args, **more):
    return code(*args, **more).hex()


def base64ed(*args, **more):
    return base64.b64encode(code(*args, **more)).decode()


def vector(preset, headers, body, id, type, strength, title='a delivery', source=COMPUTED, options=None, time=None, now=TS, url=None):
    raw = body if isinstance(body, bytes) else body.encode()
    return {
        'preset': preset, 'title': title, 'source': source, 'options': options or {'secret': SECRET}, 'nowMs': now * 1000,
        **({'url': url} if url else {}), 'headers': {'content-type': 'application/json', **headers},
        'bodyBase64': base64.b64encode(raw).decode(),
        'expected': {'id': id or hashlib.sha256(raw).hexdigest(), 'type': type, 'strength': strength, 'timestampMs': time},
    }


def body(**fields):
    return json.dumps({**fields, 'note': TEXT}, ensure_ascii=False, separators=(',', ':'))


def timed(preset, sign, text, id, type, **more):
    return vector(preset, sign(text), text, id, type, 'signed', time=TS * 1000, **more)


def untimed(preset, headers, text, id, type, **more):
    return vector(preset, headers, text, id, type, 'signed-without-time', **more)


def standard(prefix, id='msg_1'):
    key = bytes(range(32))
    return lambda text: {f'{prefix}-id': id, f'{prefix}-timestamp': str(TS), f'{prefix}-signature': 'v1,' + base64ed(f'{id}.{TS}.{text}', key=key)}


def composite(header, time, name, joint, separator):
    return lambda text: {header: f'{time}={TS}{separator}{name}=' + hexed(f'{TS}{joint}{text}')}


def prefixed(header, prefix, time_header, before, joint):
    return lambda text: {header: prefix + hexed(f'{before}{TS}{joint}{text}'), time_header: str(TS)}


def stated(**event):
    return body(id='evt_1', type='order.shipped', data={'n': 1}, **event)


ED = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ED_PUBLIC = ED.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
EC = ec.derive_private_key(int.from_bytes(bytes(range(32)), 'big'), ec.SECP256R1())
EC_PUBLIC = base64.b64encode(EC.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)).decode()
PYCA = "computed with Python's cryptography"


def asymmetric(prefix, id='msg_1'):
    def sign(text):
        signature = base64.b64encode(ED.sign(f'{id}.{TS}.{text}'.encode())).decode()
        return {f'{prefix}-id': id, f'{prefix}-timestamp': str(TS), f'{prefix}-signature': 'v1a,' + signature}
    return sign


def discord(text):
    return {'x-signature-ed25519': ED.sign(f'{TS}{text}'.encode()).hex(), 'x-signature-timestamp': str(TS)}


def sendgrid(text):
    signature = base64.b64encode(EC.sign(f'{TS}{text}'.encode(), ec.ECDSA(hashes.SHA256()))).decode()
    return {'x-twilio-email-event-webhook-signature': signature, 'x-twilio-email-event-webhook-timestamp': str(TS)}


def jwt(claims, secret, alg='HS512', hash='sha512'):
    part = lambda value: base64.urlsafe_b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).decode().rstrip('=')
    content = part({'alg': alg, 'typ': 'JWT'}) + '.' + part(claims)
    return content + '.' + part(code(content, secret, hash))


def vectors():
    text = stated()
    url = 'https://example.com/hooks?a=1'
    with_url = {'secret': SECRET, 'url': url}
    yield timed('arunika', standard('webhook'), text, 'msg_1', 'order.shipped', options={'secret': WHSEC})
    yield timed('standardWebhooks', standard('webhook'), text, 'msg_1', 'order.shipped', options={'secret': WHSEC})
    yield timed('svix', standard('svix'), text, 'msg_1', 'order.shipped', options={'secret': WHSEC})
    whpk = {'secret': 'whpk_' + base64.b64encode(ED_PUBLIC).decode()}
    yield timed('standardWebhooks', asymmetric('webhook'), text, 'msg_1', 'order.shipped', options=whpk, title='asymmetric (v1a)', source=PYCA)
    yield timed('svix', asymmetric('svix'), text, 'msg_1', 'order.shipped', options=whpk, title='asymmetric (v1a)', source=PYCA)
    merajutasa = body(eventId='evt_1', eventType='user_registered')
    yield timed('merajutasa', prefixed('x-webhook-signature', 'sha256=', 'x-webhook-timestamp', '', '.'), merajutasa, 'evt_1', 'user_registered')
    yield timed('stripe', composite('stripe-signature', 't', 'v1', '.', ','), text, 'evt_1', 'order.shipped')
    github = {'x-github-delivery': 'd-1', 'x-github-event': 'push'}
    yield untimed('github', {**github, 'x-hub-signature-256': 'sha256=' + hexed(text)}, text, 'd-1', 'push')
    yield untimed('github', {**github, 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'}, 'Hello, World!', 'd-1', 'push',
                  title='the published vector', source='GitHub docs, "Validating webhook deliveries"', options={'secret': "It's a Secret to Everybody"})
    yield vector('gitlab', {'x-gitlab-token': 'tok-1', 'x-gitlab-event': 'Push Hook', 'idempotency-key': 'k-1'}, text, 'k-1', 'Push Hook', 'token-only',
                 options={'secret': 'tok-1'}, source='a static token', title='a token')
    yield timed('gitlab', lambda t: {**standard('webhook')(t), 'x-gitlab-event': 'Push Hook'}, text, 'msg_1', 'Push Hook', options={'secret': WHSEC}, title='a signing token')
    yield untimed('bitbucket', {'x-hub-signature': 'sha256=' + hexed(text), 'x-request-uuid': 'u-1', 'x-event-key': 'repo:push'}, text, 'u-1', 'repo:push')
    yield untimed('shopify', {'x-shopify-hmac-sha256': base64ed(text), 'x-shopify-webhook-id': 'w-1', 'x-shopify-topic': 'orders/create'}, text, 'w-1', 'orders/create')
    slack = prefixed('x-slack-signature', 'v0=', 'x-slack-request-timestamp', 'v0:', ':')
    yield timed('slack', slack, body(type='event_callback', event_id='Ev1', event={'type': 'app_mention'}), 'Ev1', 'app_mention')
    command = ('token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA'
               '&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554'
               '%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c')
    yield vector('slack', {'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503', 'x-slack-request-timestamp': '1531420618'},
                 command, None, '/webhook-collect', 'signed', title='the published vector, a command', source='Slack docs, "Verifying requests from Slack"',
                 options={'secret': '8f742231b10e8888abcd99yyyzzz85a5'}, time=1531420618000, now=1531420618)
    call = 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212'
    yield untimed('twilio', {'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8='}, call, None, 'request',
                  title='the published vector', source='twilio/twilio-node, spec/validation.spec.js', options={'secret': '12345', 'url': 'https://mycompany.com/myapp.php?foo=1&bar=2'})
    twilio_json = f'{url}&bodySHA256=' + hashlib.sha256(text.encode()).hexdigest()
    yield untimed('twilio', {'x-twilio-signature': base64ed(twilio_json, hash='sha1'), 'i-twilio-idempotency-token': 't-1'}, text, 't-1', 'request', title='JSON', url=twilio_json)
    with_port = 'https://example.com:443/hooks?a=1'
    yield untimed('twilio', {'x-twilio-signature': base64ed(with_port + 'BxByBzMessageStatussent', hash='sha1')}, 'MessageStatus=sent&B=z&B=x&B=y&B=x', None, 'sent',
                  title='with the port, and a field that comes several times', options=with_url)
    yield timed('paddle', composite('paddle-signature', 'ts', 'h1', ':', ';'), body(event_id='e1', event_type='transaction.paid', data={}), 'e1', 'transaction.paid')
    square = body(event_id='e1', type='payment.created', created_at='2023-11-14T22:13:20.000Z')
    yield untimed('square', {'x-square-hmacsha256-signature': base64ed(url + square)}, square, 'e1', 'payment.created', options=with_url, time=TS * 1000)
    linear = body(type='Issue', action='create', webhookTimestamp=TS * 1000, data={})
    yield timed('linear', lambda t: {'linear-signature': hexed(t), 'linear-delivery': 'd-1'}, linear, 'd-1', 'Issue:create')
    yield timed('zoom', prefixed('x-zm-signature', 'v0=', 'x-zm-request-timestamp', 'v0:', ':'), body(event='meeting.started', payload={}), None, 'meeting.started')
    yield timed('discord', discord, body(id='12', type=2), '12', '2', options={'secret': ED_PUBLIC.hex()}, source=PYCA)
    line = body(events=[{'type': 'message', 'webhookEventId': 'w1', 'timestamp': TS * 1000}])
    yield untimed('line', {'x-line-signature': base64ed(line)}, line, 'w1', 'message', time=TS * 1000)
    meta = body(object='page', entry=[])
    yield untimed('meta', {'x-hub-signature-256': 'sha256=' + hexed(meta)}, meta, None, 'page')
    intercom = body(id='n1', topic='conversation.user.created', created_at=TS, data={})
    yield untimed('intercom', {'x-hub-signature': 'sha1=' + hexed(intercom, hash='sha1')}, intercom, 'n1', 'conversation.user.created', time=TS * 1000)
    hubspot = json.dumps([{'eventId': 1, 'subscriptionId': 2, 'occurredAt': 3, 'subscriptionType': 'contact.creation'}])
    hubspot_url = 'https://example.com/hooks?to=a%3Ab%40c%20d'
    yield timed('hubspot', lambda t: {'x-hubspot-signature-v3': base64ed(f'POSThttps://example.com/hooks?to=a:b@c%20d{t}{TS}000'), 'x-hubspot-request-timestamp': f'{TS}000'},
                hubspot, '1:2:3', 'contact.creation', url=hubspot_url)
    signature = {'timestamp': str(TS), 'token': 'tok', 'signature': hexed(f'{TS}tok')}
    yield vector('mailgun', {}, body(signature=signature, **{'event-data': {'event': 'opened'}}), 'tok', 'opened', 'token-only', time=TS * 1000)
    sent = json.dumps([{'sg_event_id': 'sg1', 'event': 'delivered', 'note': TEXT}], ensure_ascii=False) + '\r\n'
    yield timed('sendgrid', sendgrid, sent, 'sg1', 'delivered', options={'secret': EC_PUBLIC}, source=PYCA)
    yield vector('sendgrid', {'x-twilio-email-event-webhook-signature': 'MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=',
                              'x-twilio-email-event-webhook-timestamp': '1588788367'},
                 '{"category":"example_payload","event":"test_event","message_id":"message_id"}', None, 'events', 'signed', title='the published vector',
                 source='sendgrid/sendgrid-nodejs, packages/eventwebhook/src/eventwebhook.spec.js', time=1588788367000, now=1588788367,
                 options={'secret': 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA=='})
    typeform = body(event_id='e1', event_type='form_response', form_response={'submitted_at': '2023-11-14T22:13:20Z'})
    yield untimed('typeform', {'typeform-signature': 'sha256=' + base64ed(typeform)}, typeform, 'e1', 'form_response', time=TS * 1000)
    yield timed('calendly', composite('calendly-webhook-signature', 't', 'v1', '.', ','), body(event='invitee.created', payload={}), None, 'invitee.created')
    dwolla = body(id='e1', topic='transfer_completed', timestamp='2023-11-14T22:13:20.000Z')
    yield untimed('dwolla', {'x-request-signature-sha-256': hexed(dwolla)}, dwolla, 'e1', 'transfer_completed', time=TS * 1000)
    order = body(event='order.new')
    for title, joint in (('a delivery', ' '), ('the older form', ' \n ')):
        yield untimed('deliveroo', {'x-deliveroo-sequence-guid': 'g-1', 'x-deliveroo-hmac-sha256': hexed('g-1' + joint + order)}, order, 'g-1', 'order.new', title=title)
    uber = body(event_id='e1', event_type='orders.notification', event_time=TS)
    yield untimed('uber', {'x-uber-signature': hexed(uber)}, uber, 'e1', 'orders.notification', time=TS * 1000)
    trello = body(action={'id': 'a1', 'type': 'updateCard', 'date': '2023-11-14T22:13:20.000Z'})
    yield untimed('trello', {'x-trello-webhook': base64ed(trello + url, hash='sha1')}, trello, 'a1', 'updateCard', options=with_url, time=TS * 1000)
    dropbox = body(list_folder={'accounts': ['a']})
    yield untimed('dropbox', {'x-dropbox-signature': hexed(dropbox)}, dropbox, '*', 'changed')
    token = {'secret': 'tok-1'}
    static = {'source': 'a static token', 'options': token}
    yield vector('careem', {'x-careem-api-key': 'tok-1'}, body(event_type='ORDER_PLACED'), None, 'ORDER_PLACED', 'token-only', **static)
    yield vector('xendit', {'x-callback-token': 'tok-1', 'webhook-id': 'w-1'}, body(event='payment.succeeded'), 'w-1', 'payment.succeeded', 'token-only', **static)
    yield vector('jahez', {'authorization': 'Bearer tok-1'}, body(event='order.created'), None, 'order.created', 'token-only', **static)
    yield vector('jahez', {'x-jahez-token': 'tok-1'}, body(event='order.created'), None, 'order.created', 'token-only', title='a header of its own',
                 source='a static token', options={**token, 'header': 'X-Jahez-Token'})
    claims = {'service': 'middleware', 'exp': TS + 60}
    yield vector('talabat', {'authorization': 'Bearer ' + jwt(claims, SECRET)}, body(token='o-1', status='ORDER_CANCELLED'), None, 'ORDER_CANCELLED', 'token-only')
    parts = {'order_id': 'o-1', 'status_code': '200', 'gross_amount': '10000.00'}
    key = hashlib.sha512((''.join(parts.values()) + SECRET).encode()).hexdigest()
    midtrans = body(**parts, signature_key=key, transaction_id='t-1', transaction_status='settlement')
    yield vector('midtrans', {}, midtrans, 't-1:settlement', 'settlement', 'token-only', source="computed with Python's hashlib")


made = {'scheme': 'A delivery of each preset; the id * is any', 'vectors': list(vectors())}
(HERE / 'providers.json').write_text(json.dumps(made, indent=2, ensure_ascii=False) + '\n')
