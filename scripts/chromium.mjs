// Where the tests find a Chromium: CHROMIUM_PATH, a browser of the system, or the one that npm brings.
import { existsSync } from 'node:fs'

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Flags that a headless Chromium needs as root, in a container and without a network. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** @returns {Promise<string>} the path of an executable Chromium */
export async function chromiumPath() {
  const given = process.env.CHROMIUM_PATH
  if (given) return given
  const system = SYSTEM_BROWSERS.find((path) => existsSync(path))
  if (system) return system
  const { default: chromium } = await import('@sparticuz/chromium')
  return chromium.executablePath()
}
