import { createReceiver } from '@arunika/receiver'
import { meta, slack } from '@arunika/receiver/providers'
import { sign } from '@arunika/receiver/testing'
import { describe, expect, it } from 'vitest'
import { hosts } from './hosts'

describe.each(hosts)('on $name', ({ start }) => {
  it('the GET by which Meta tries an endpoint is answered, where it knows the token', async () => {
    const provider = meta({ secret: 'secret', verifyToken: 'chosen' })
    const { url } = await start(createReceiver({ provider, onError: () => undefined }))
    const query = 'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token='
    const answer = await fetch(`${url}?${query}chosen`)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('1158201444')
    expect((await fetch(`${url}?${query}guessed`)).status).toBe(405)
  })

  it('the POST by which Slack tries one is answered once it is verified', async () => {
    const provider = slack({ secret: 'secret' })
    const { url } = await start(createReceiver({ provider, onError: () => undefined }))
    const { headers, body } = await sign(provider, { body: { type: 'url_verification', challenge: 'abc' } })
    const answer = await fetch(url, { method: 'POST', headers, body })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ challenge: 'abc' })
    const forged = { method: 'POST', headers, body: '{"type":"url_verification","challenge":"<html>"}' }
    expect((await fetch(url, forged)).status).toBe(401)
  })
})
