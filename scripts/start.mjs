// `npm start`: installs, builds, and runs the reference server and the example shop until Ctrl-C.
// `npm start -- --fresh` throws the data of earlier starts away.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { how, main, SIGNALS, StepError } from './run.mjs'
import { noteEnded, noteRunning, othersRunning } from './running.mjs'
import { root } from './workspace.mjs'

const HOST = '127.0.0.1'
const home = join(root, '.arunika')
const data = join(home, 'data')
const server = join(root, 'packages/server/dist/cli.js')
const shop = join(root, 'examples/shop/dist/server.js')

/** How long a program may take until it prints its URL, in milliseconds. */
const START_TIMEOUT_MS = 30_000

const children = new Set()
let isStopping = false
let onStop
const stopped = new Promise((resolve) => (onStop = resolve))
let onDeath
/** Rejects when a program ends by itself. */
const death = new Promise((_resolve, reject) => (onDeath = reject))

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  noteEnded(process.pid)
})

await main(async () => {
  console.log('Arunika')
  if (process.argv.includes('--fresh')) throwDataAway()
  noteRunning(process.pid, 'start.mjs')
  await install()
  await build()
  // Not before: a step ends itself.
  for (const signal of SIGNALS) process.on(signal, stop)
  try {
    await Promise.race([startAll(), stopped, death])
    await Promise.race([stopped, death])
  } finally {
    stop()
  }
})

function throwDataAway() {
  const others = othersRunning()
  if (others.length > 0) {
    const which = `process${others.length > 1 ? 'es' : ''} ${others.join(', ')}`
    throw new StepError(
      `npm start already runs in this folder (${which}): end it before --fresh throws its data away.`,
    )
  }
  rmSync(home, { recursive: true, force: true })
}

async function startAll() {
  const { appId, apiKey, operatorToken } = await credentials()

  const serverPort = await freePort(4100, 'The server')
  const endpoint = await start('server', server, ['start', '--port', String(serverPort), '--data', data], {
    ARUNIKA_OPERATOR_TOKEN: operatorToken,
  })
  const shopPort = await freePort(3000, 'The shop')
  const page = await start('shop', shop, [], {
    PORT: String(shopPort),
    ARUNIKA_ENDPOINT: endpoint,
    ARUNIKA_APP_ID: appId,
    ARUNIKA_API_KEY: apiKey,
  })

  console.log(`
  The shop    ${page}
  The server  ${endpoint}   (routes: ${endpoint}/openapi.json)

Log an event from a shell, and see it in the shop once you have signed in there with the same email:

  curl ${endpoint}/api/webhooks -H 'Content-Type: application/json' \\
    -H 'X-App-ID: ${appId}' -H 'X-API-Key: ${apiKey}' \\
    -d '{"eventType":"hello_from_curl","identifier":{"email":"you@example.com"}}'

Ctrl-C ends both. Data and the operator token stay in .arunika; npm start -- --fresh begins anew.`)
}

/** The shop's app and key and an operator token: made at the first start, kept beside the data. */
async function credentials() {
  const path = join(home, 'credentials.json')
  if (existsSync(path) && existsSync(data)) return JSON.parse(readFileSync(path, 'utf8'))
  mkdirSync(home, { recursive: true })
  const made = await output(server, ['apps', 'create', '--name', 'shop', '--data', data, '--json'])
  const kept = { ...JSON.parse(made), operatorToken: `op_${randomBytes(32).toString('base64url')}` }
  writeFileSync(path, JSON.stringify(kept, null, 2), { mode: 0o600 })
  return kept
}

async function output(script, args) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.add(child)
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  const exit = await new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal)))
  children.delete(child)
  if (exit !== 0) throw new StepError(`The shop's app could not be made (${how(exit)})`)
  return text
}

/** Starts a program and resolves with the URL that it prints once it takes requests. */
function start(name, script, args, env = {}) {
  if (isStopping) throw new StepError(`The ${name} was not started`)
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  children.add(child)
  noteRunning(child.pid, script)
  return new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(
      () => reject(new StepError(`The ${name} printed no URL: ${text}`)),
      START_TIMEOUT_MS,
    )
    child.stdout.on('data', (chunk) => {
      text = (text + chunk).slice(-10_000)
      const url = /https?:\/\/[^\s/]+:\d+(?=\s)/.exec(text)?.[0]
      if (url === undefined) return
      clearTimeout(timer)
      resolve(url)
    })
    child.on('exit', (code, signal) => {
      clearTimeout(timer)
      children.delete(child)
      noteEnded(child.pid)
      if (!isStopping) onDeath(new StepError(`The ${name} ended by itself (${how(code ?? signal)})`))
    })
  })
}

/** The process ends with the last of its children. */
function stop() {
  // A terminal and npm both pass a Ctrl-C on; a second SIGTERM would cut a program short.
  if (isStopping) return
  isStopping = true
  onStop()
  for (const child of children) child.kill('SIGTERM')
}

/** The first free port from the wanted one on; says so where it is another. */
async function freePort(wanted, who) {
  for (let port = wanted; port < wanted + 100; port++) {
    if (!(await isFree(port))) continue
    if (port !== wanted) console.log(`  Port ${wanted} is taken: ${who.toLowerCase()} takes ${port}`)
    return port
  }
  throw new StepError(`${who} found no free port from ${wanted} to ${wanted + 99}`)
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, HOST, () => probe.close(() => resolve(true)))
  })
}
