// `npm start`: installs, builds, and runs the reference server and the example shop until Ctrl-C.
// `npm start -- --fresh` throws the data of earlier starts away.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { main, StepError } from './run.mjs'
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

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

await main(async () => {
  try {
    await startAll()
  } catch (error) {
    process.exitCode = 1
    stop()
    throw error
  }
})

async function startAll() {
  console.log('Arunika')
  if (process.argv.includes('--fresh')) rmSync(home, { recursive: true, force: true })
  await install()
  await build()
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
  let text = ''
  child.stdout.on('data', (chunk) => (text += chunk))
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new StepError(`The shop's app could not be made (exit code ${code})`)
  return text
}

/** Starts a program and resolves with the URL that it prints once it takes requests. */
function start(name, script, args, env = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  children.add(child)
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
    child.on('exit', (code) => {
      clearTimeout(timer)
      children.delete(child)
      if (isStopping) return
      reject(new StepError(`The ${name} ended (exit code ${code})`))
      process.exitCode = 1
      stop()
    })
  })
}

function stop() {
  isStopping = true
  if (children.size === 0) process.exit(process.exitCode)
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
