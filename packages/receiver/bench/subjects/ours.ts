import { createRequire } from 'node:module'
import type * as Receiver from '@arunika/receiver'
import type * as Providers from '@arunika/receiver/providers'
import type { Subject } from '../subject'
import { SECRET, standardHeaders } from './standard'

// What is published, and not the sources.
const require = createRequire(new URL('../../package.json', import.meta.url))
const { verify, verifySync } = require('@arunika/receiver') as typeof Receiver
const { standardWebhooks } = require('@arunika/receiver/providers') as typeof Providers
const provider = standardWebhooks({ secret: SECRET })

/** Verified, and the payload read. */
export const OURS: Subject = {
  name: 'arunika verifySync, parsed',
  headersFor: standardHeaders,
  verify: (body, headers) => verifySync(provider, { headers, body }).payload,
}

/** Verified alone: the payload is read on first use. */
export const OURS_UNPARSED: Subject = {
  name: 'arunika verifySync',
  headersFor: standardHeaders,
  verify: (body, headers) => verifySync(provider, { headers, body }),
}

export const OURS_ASYNC: Subject = {
  name: 'arunika verify',
  headersFor: standardHeaders,
  verify: (body, headers) => verify(provider, { headers, body }),
}
