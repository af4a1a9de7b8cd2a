import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesOf } from './entries'
import { against, asCommonJs, readmeExamples, type Target } from './readme-examples'
import { RECEIVING, TYPED_RECEIVING } from './receiving'
import { packAll, type Tarball } from './tarballs'

const execute = promisify(execFile)
const examples = readmeExamples()

/** What an app has of its own. */
const FRAMEWORKS = ['react@^19', 'vue@^3', 'express@^5', 'fastify@^5', '@types/express@^5']

describe('the packed packages, installed into an empty project', () => {
  let project: string
  let names: string[]
  let server: ChildProcess
  let target: Target

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'arunika-install-'))
    const tarballs = await packAll()
    names = tarballs.map(({ name }) => name)
    await writeFile(join(project, 'package.json'), JSON.stringify(manifestOf(tarballs), null, 2))
    await npm(['install', '--no-audit', '--no-fund'])

    const bin = join(project, 'node_modules/@arunika/server/dist/cli.js')
    const data = join(project, 'data')
    const made = await execute(process.execPath, [
      bin,
      'apps',
      'create',
      '--name',
      'x',
      '--data',
      data,
      '--json',
    ])
    server = spawn(process.execPath, [bin, 'start', '--port', '0', '--data', data], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    target = {
      ...(JSON.parse(made.stdout) as { appId: string; apiKey: string }),
      endpoint: await urlFrom(server),
    }
  }, 300_000)

  afterAll(async () => {
    server.kill('SIGTERM')
    await once(server, 'exit')
  })

  it('run the README’s Node example as an ES module', async () => {
    await runExample('example.mjs', examples.node)
    expect(await timelineOf('ada@example.com')).toContain('payment_processed')
  })

  it('run the README’s Node example by require', async () => {
    const before = (await timelineOf('ada@example.com')).length
    await runExample('example.cjs', asCommonJs(examples.node))
    expect(await timelineOf('ada@example.com')).toHaveLength(before + 2)
  })

  it('import the browser SDK where there is no browser, as a server that renders pages does', async () => {
    await runExample(
      'ssr.mjs',
      "import { init } from '@arunika/browser'\nif (typeof init !== 'function') throw new Error()",
    )
    await runExample(
      'ssr.cjs',
      "if (typeof require('@arunika/browser').init !== 'function') throw new Error()",
    )
  })

  it.each([
    ['node16', 'NodeNext', 'NodeNext'],
    ['a bundler', 'ESNext', 'Bundler'],
  ])(
    'type-check both README examples in a strict TypeScript project for %s',
    (name, module, moduleResolution) =>
      typeCheck(name.replace(' ', '-'), module, moduleResolution, {
        'browser.mts': examples.browser,
        'node.mts': examples.node,
      }),
  )

  it('bring one dependency along with the Node SDK', async () => {
    const manifest = await readFile(join(project, 'node_modules/@arunika/node/package.json'), 'utf8')
    expect(Object.keys((JSON.parse(manifest) as { dependencies: object }).dependencies)).toEqual([
      'fastify-plugin',
    ])
  })

  it('bring neither React nor Vue nor Express along, and serve an app that has them', async () => {
    const installed = (name: string) => existsSync(join(project, 'node_modules', name))
    expect(['react', 'vue', 'express'].filter(installed)).toEqual([])
    await npm(['install', '--no-audit', '--no-fund', ...FRAMEWORKS])
    for (const name of ['react', 'vue']) {
      const entry = `@arunika/browser/${name}`
      await runExample(`${name}.mjs`, `import { useArunika } from '${entry}'\nuseArunika.call`)
      await runExample(`${name}.cjs`, `require('${entry}').useArunika.call`)
    }
    // React takes hooks from a server component only where the file begins so.
    for (const file of ['react.js', 'react.cjs']) {
      const code = await readFile(join(project, 'node_modules/@arunika/browser/dist', file), 'utf8')
      expect(code).toMatch(/^'use client'/)
    }
  })

  it('load every entry that they export, by import and by require', async () => {
    const entries = (
      await Promise.all(names.map((name) => entriesOf(join(project, 'node_modules', name))))
    ).flat()
    // A package of which nothing is loaded would pass unseen.
    expect(names.filter((name) => !entries.includes(name))).toEqual([])
    expect(entries).toContain('@arunika/receiver/testing')
    const failures: string[] = []
    for (const entry of entries) {
      const attributes = entry.endsWith('.json') ? " with { type: 'json' }" : ''
      for (const [file, code] of [
        ['load.mjs', `import * as all from '${entry}'${attributes}`],
        ['load.cjs', `const all = require('${entry}')`],
      ] as const) {
        const check = 'if (Object.keys(all).length === 0) throw new Error("it exports nothing")'
        await runExample(file, `${code}\n${check}`).catch((error: unknown) => {
          failures.push(`${file} of ${entry}: ${String(error)}`)
        })
      }
    }
    expect(failures).toEqual([])
  })

  it('receive what they have signed, by every entry of the receiver', async () => {
    for (const entry of await entriesOf(join(project, 'node_modules/@arunika/receiver'))) {
      if (!entry.endsWith('.json')) expect(RECEIVING).toContain(`'${entry}'`)
    }
    await runExample('receiving.mjs', RECEIVING)
    await runExample('receiving.cjs', asCommonJs(RECEIVING))
    await typeCheck('receiving', 'NodeNext', 'NodeNext', { 'receiving.mts': TYPED_RECEIVING })
    await typeCheck('receiving-bundled', 'ESNext', 'Bundler', { 'receiving.mts': TYPED_RECEIVING })
  })

  async function runExample(file: string, code: string): Promise<void> {
    await writeFile(join(project, file), against(code, target))
    await execute(process.execPath, [file], { cwd: project, timeout: 30_000 })
  }

  async function typeCheck(
    name: string,
    module: string,
    moduleResolution: string,
    files: Record<string, string>,
  ): Promise<void> {
    const folder = join(project, name)
    await mkdir(folder)
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: 'ES2022',
      lib: ['ES2022', 'DOM'],
      types: ['node'],
      module,
      moduleResolution,
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.mts'] }))
    for (const [file, code] of Object.entries(files)) await writeFile(join(folder, file), code)
    const tsc = join(project, 'node_modules/typescript/bin/tsc')
    const result = await execute(process.execPath, [tsc, '-p', folder]).catch((error: unknown) => error)
    expect((result as { stdout: string }).stdout).toBe('')
  }

  async function timelineOf(email: string): Promise<string[]> {
    const headers = { 'x-app-id': target.appId, 'x-api-key': target.apiKey }
    const read = async (path: string) =>
      (await fetch(`${target.endpoint}${path}`, { headers })).json() as Promise<unknown>
    const users = (await read(`/api/users?search=${email}`)) as { items: { profileId: string }[] }
    const timeline = (await read(`/api/users/${users.items[0]?.profileId}/timeline`)) as {
      items: { eventType: string }[]
    }
    return timeline.items.map((item) => item.eventType)
  }

  async function npm(args: string[]): Promise<void> {
    await execute('npm', args, { cwd: project, shell: process.platform === 'win32' })
  }
})

/** A project that takes each of our packages from its tarball, also where another of ours asks for it. */
function manifestOf(tarballs: Tarball[]): object {
  const ours = Object.fromEntries(tarballs.map(({ name, path }) => [name, `file:${path}`]))
  return {
    private: true,
    dependencies: { ...ours, msw: '^2', typescript: '~5.9.0', '@types/node': '^20' },
    overrides: Object.fromEntries(Object.keys(ours).map((name) => [name, `$${name}`])),
  }
}

async function urlFrom(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output')
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/\S+:\d+/.exec(line)?.[0]
    if (url !== undefined) return url
  }
  throw new Error('the server ended without its URL')
}
