import { describe, expect, it } from 'vitest'
import { OpenedBody } from './opened-body'
import { publicUrl } from './public-url'
import { refuse } from './refuse'

const read = (configured: string | undefined, url?: string) =>
  publicUrl('acme', configured).read({
    url,
    body: new OpenedBody('', JSON.parse),
    header: () => undefined,
    refuse,
  })

describe('the URL that is signed', () => {
  it.each([
    ['that of the request', undefined, 'https://a.b/c?d=1', 'https://a.b/c?d=1'],
    ['the configured one', 'https://a.b/c', 'http://10.0.0.1/c', 'https://a.b/c'],
    ['the configured one with the query of the request', 'https://a.b/c', '/c?d=1', 'https://a.b/c?d=1'],
    ['the configured one with its own query', 'https://a.b/c?x=1', '/c?d=1', 'https://a.b/c?x=1'],
    [
      'the configured one with what the request has beyond its query',
      'https://a.b/c?x=1',
      '/c?x=1&bodySHA256=0',
      'https://a.b/c?x=1&bodySHA256=0',
    ],
    ['the configured one where the request has none', 'https://a.b/c', undefined, 'https://a.b/c'],
  ])('is %s', (_, configured, url, value) => {
    expect(read(configured, url)).toBe(value)
  })

  it.each(['/c?d=1', '', undefined])('is not known from a path alone: %s', (url) => {
    expect(() => read(undefined, url)).toThrow(expect.objectContaining({ code: 'missing_url' }))
  })

  it.each(['/c', 'a.b/c', '', 'ftp://a.b', 7])('cannot be configured as %s', (url) => {
    expect(() => publicUrl('acme', url as string)).toThrow('acme: url must be the public URL')
  })
})
