import { expect, it } from 'vitest'
import { incomingFrom } from './node-request'

const request = (more: object) =>
  incomingFrom({
    headers: { host: 'shop.example' },
    rawHeaders: [],
    socket: {},
    ...more,
  } as never)

it.each([
  ['a path', { url: '/webhooks?a=b' }, 'http://shop.example/webhooks?a=b'],
  ['a connection by TLS', { url: '/webhooks', socket: { encrypted: true } }, 'https://shop.example/webhooks'],
  ['a path that app.use has cut', { url: '/', originalUrl: '/webhooks/' }, 'http://shop.example/webhooks/'],
  ['a whole URL', { url: 'https://shop.example/webhooks' }, 'https://shop.example/webhooks'],
  ['HTTP/2', { url: '/webhooks', headers: { ':authority': 'shop.example' } }, 'http://shop.example/webhooks'],
  ['no host', { url: '/webhooks', headers: {} }, 'http://localhost/webhooks'],
])('tells the URL as far as it is known here: of %s', (_, more, url) => {
  expect(request(more).url).toBe(url)
})

it('tells the method and the address', () => {
  expect(request({ method: 'GET', socket: { remoteAddress: '192.0.2.1' } })).toMatchObject({
    method: 'GET',
    remoteAddress: '192.0.2.1',
  })
  expect(request({})).toMatchObject({ method: 'POST' })
})
