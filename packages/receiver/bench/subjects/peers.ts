import { createHmac } from 'node:crypto'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { installPeer } from '../../../../scripts/bench/peers'
import type { Subject } from '../subject'
import { NOW_SECONDS, SECRET, standardHeaders } from './standard'

type Headers = Record<string, string>

/** As text, where a library takes no bytes. */
const TEXT_SECRET = 'a shared secret of some length'

/** How each peer is loaded and called; all with its own scheme, and the parsed payload where it gives one. */
export const PEERS: Record<string, () => Promise<Subject>> = {
  async stripe() {
    interface Stripe {
      webhooks: { constructEvent: (body: Buffer, header: string | undefined, secret: string) => unknown }
    }
    const { default: StripeClient } = (await load('stripe')) as { default: new (key: string) => Stripe }
    const stripe = new StripeClient('sk_test_x')
    return {
      name: 'stripe',
      headersFor: (body) => ({
        'stripe-signature': `t=${NOW_SECONDS},v1=${hex('sha256', `${NOW_SECONDS}.`, body)}`,
      }),
      verify: (body, headers) =>
        stripe.webhooks.constructEvent(body, headers['stripe-signature'], TEXT_SECRET),
    }
  },
  async svix() {
    return standard('svix', (await load('svix')) as StandardModule)
  },
  async standardwebhooks() {
    return standard('standardwebhooks', (await load('standardwebhooks')) as StandardModule)
  },
  async '@octokit/webhooks'() {
    interface Octokit {
      verify: (body: string, signature: string | undefined) => Promise<boolean>
    }
    const { Webhooks } = (await load('@octokit/webhooks')) as {
      Webhooks: new (options: { secret: string }) => Octokit
    }
    const octokit = new Webhooks({ secret: TEXT_SECRET })
    return {
      name: '@octokit/webhooks',
      headersFor: (body) => ({ 'x-hub-signature-256': `sha256=${hex('sha256', '', body)}` }),
      async verify(body, headers) {
        const text = body.toString()
        if (!(await octokit.verify(text, headers['x-hub-signature-256']))) throw new Error('not verified')
        return JSON.parse(text) as unknown
      },
    }
  },
  async '@hookflo/tern'() {
    interface Tern {
      verifyWithPlatformConfig: (
        request: Request,
        platform: string,
        secret: string,
      ) => Promise<{ isValid: boolean }>
    }
    const { WebhookVerificationService } = (await load('@hookflo/tern')) as {
      WebhookVerificationService: Tern
    }
    return {
      name: '@hookflo/tern',
      headersFor: (body) => ({ 'x-hub-signature-256': `sha256=${hex('sha256', '', body)}` }),
      async verify(body, headers) {
        const request = new Request('http://localhost/', { method: 'POST', headers, body: body.toString() })
        const result = await WebhookVerificationService.verifyWithPlatformConfig(
          request,
          'github',
          TEXT_SECRET,
        )
        if (!result.isValid) throw new Error('not verified')
        return result
      },
    }
  },
}

interface StandardModule {
  Webhook: new (secret: string) => { verify: (body: Buffer | string, headers: Headers) => unknown }
}

function standard(name: string, { Webhook }: StandardModule): Subject {
  const webhook = new Webhook(SECRET)
  return {
    name,
    headersFor: standardHeaders,
    verify: (body, headers) => webhook.verify(body.toString(), headers),
  }
}

async function load(name: string): Promise<unknown> {
  const { folder } = await installPeer(name)
  return import(pathToFileURL(createRequire(`${folder}/`).resolve(name)).href)
}

function hex(hash: string, prefix: string, body: Buffer): string {
  return createHmac(hash, TEXT_SECRET).update(prefix).update(body).digest('hex')
}
