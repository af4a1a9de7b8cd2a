import type { AppAnswer } from '@arunika/protocol'
import { onTestFinished, test } from 'vitest'
import { startProcess } from '../../../../server/test/support/server-process'
import { tempFolder } from '../../../../server/test/support/temp-folder'
import { sharedChromium } from '../chromium'
import { fixWaits } from './support/fix-waits'
import { labFor } from './support/lab'
import { expectAllStored } from './support/stored'

const OPERATOR_TOKEN = 'an-operator-of-the-tests'

test('a server that is killed (SIGKILL) while it takes events, and started again', async () => {
  const data = await tempFolder()
  const start = () =>
    startProcess(data, { ARUNIKA_OPERATOR_TOKEN: OPERATOR_TOKEN, ARUNIKA_RATE_LIMIT: 'off' })
  const killed = await start()
  let { url } = killed
  const headers = { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' }
  const asOperator = (path: string, init?: RequestInit) => fetch(url + path, { headers, ...init })
  const created = await asOperator('/api/apps', { method: 'POST', body: JSON.stringify({ name: 'shop' }) })
  const { app } = (await created.json()) as AppAnswer

  const context = await (await sharedChromium()).newContext()
  onTestFinished(() => context.close())
  const lab = await labFor(context, { flushIntervalMs: 50 }, { appId: app.appId, url, asOperator })
  await fixWaits(lab, 0.1)
  const tab = await lab.openTab()
  const making = tab.logEvery(5, 200)
  await lab.proxy.nextAnswer()
  killed.child.kill('SIGKILL')
  await Promise.all([killed.ended, making])
  ;({ url } = await start())
  lab.proxy.upstream = url
  await expectAllStored(lab, tab)
})
