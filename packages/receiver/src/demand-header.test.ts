import { expect, it } from 'vitest'
import { demandHeader, plainText } from './demand-header'
import { OpenedBody } from './opened-body'
import { headerReader } from './read-header'
import { refuse } from './refuse'

function requestWith(headers: Record<string, string>) {
  return { header: headerReader(headers), body: new OpenedBody('', JSON.parse), refuse }
}

it('gives the header', () => {
  expect(demandHeader(requestWith({ 'Webhook-Id': 'msg_1' }), 'webhook-id')).toBe('msg_1')
})

it('refuses a request that comes without it', () => {
  expect(() => demandHeader(requestWith({}), 'webhook-id')).toThrow(
    expect.objectContaining({ code: 'missing_header', message: 'The header webhook-id is missing.' }),
  )
})

it('takes plain text as it is', () => {
  expect(plainText(requestWith({}), 'webhook-id', 'msg_1 ~')).toBe('msg_1 ~')
})

it.each([
  ['outside ASCII', 'msg_é'],
  ['with a control character', 'msg\t1'],
  ['with a line end', 'msg_1\n'],
])('refuses text %s, and does not repeat it', (_, value) => {
  expect(() => plainText(requestWith({}), 'webhook-id', value)).toThrow(
    expect.objectContaining({
      code: 'malformed_header',
      message: expect.not.stringContaining('msg') as string,
    }),
  )
})
