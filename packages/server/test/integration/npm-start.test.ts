import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createWorkspace } from '../support/workspace'

const READY = /Ctrl-C ends both/

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('npm start', () => {
  it.each([
    ['server', 'shop', 'SIGUSR2', 'The server ended by itself (exit code 7)'],
    ['shop', 'server', 'SIGKILL', 'The shop ended by itself (SIGKILL)'],
  ] as const)(
    'says that the %s has ended, ends the %s, and ends itself',
    async (name, other, signal, line) => {
      const { start, pidOf } = await createWorkspace()
      const running = start()
      await running.printed(READY)
      process.kill(await pidOf(name), signal)
      expect(await running.ended).toBe(1)
      expect(running.stderr).toContain(line)
      expect(running.stderr).not.toContain('    at ')
      expect(isAlive(await pidOf(other))).toBe(false)
    },
  )

  it.each(['SIGINT', 'SIGTERM'] as const)('ends both after %s, and says nothing', async (signal) => {
    const { start, pidOf } = await createWorkspace()
    const running = start()
    await running.printed(READY)
    running.child.kill(signal)
    expect(await running.ended).toBe(0)
    expect(running.stderr).toBe('')
    expect([isAlive(await pidOf('server')), isAlive(await pidOf('shop'))]).toEqual([false, false])
  })

  it('prints a step as it begins, and how long it took on the same line', async () => {
    const { start, pidOf } = await createWorkspace({ buildWaits: true })
    const running = start()
    await running.printed(/^ {2}build examples.shop …$/m)
    process.kill(await pidWhenThere(() => pidOf('build')), 'SIGUSR2')
    await running.printed(READY)
    expect(running.stdout).toMatch(/^ {2}build examples.shop … \d+\.\d s$/m)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('ends a build under way after %s', async (signal) => {
    const { start, pidOf } = await createWorkspace({ buildWaits: true })
    const running = start()
    const build = await pidWhenThere(() => pidOf('build'))
    onTestFinished(() => {
      if (isAlive(build)) process.kill(build, 'SIGKILL')
    })
    running.child.kill(signal)
    expect(await running.ended).toBe(1)
    await expect.poll(() => isAlive(build), { timeout: 10_000 }).toBe(false)
    expect(running.stderr).toBe(`build examples/shop: ended by ${signal}\n`)
  })
})

describe('npm start -- --fresh', () => {
  it('is refused while another start runs here, and leaves its data alone', async () => {
    const { folder, start, pidOf } = await createWorkspace()
    const first = start()
    await first.printed(READY)
    const kept = join(folder, '.arunika/data/kept')
    await writeFile(kept, '')

    const second = start('--fresh')
    expect(await second.ended).toBe(1)
    expect(second.stderr).toContain('npm start already runs in this folder')
    expect(second.stderr).toContain(String(first.child.pid))
    expect(existsSync(kept)).toBe(true)
    expect(isAlive(await pidOf('server'))).toBe(true)

    first.child.kill('SIGINT')
    await first.ended
    const third = start('--fresh')
    await third.printed(READY)
    expect(existsSync(kept)).toBe(false)
  })

  it('is refused while the server of a start that was killed goes on', async () => {
    const { folder, start, pidOf } = await createWorkspace()
    const killed = start()
    await killed.printed(READY)
    const kept = join(folder, '.arunika/data/kept')
    await writeFile(kept, '')
    const left = [await pidOf('server'), await pidOf('shop')]
    killed.child.kill('SIGKILL')
    const refused = start('--fresh')
    expect(await refused.ended).toBe(1)
    expect(refused.stderr).toContain(String(left[0]))
    expect(existsSync(kept)).toBe(true)

    for (const pid of left) process.kill(pid, 'SIGKILL')
    await killed.ended
    const fresh = start('--fresh')
    await fresh.printed(READY)
    expect(existsSync(kept)).toBe(false)
  })

  it('is not refused for a process that is gone, or whose id belongs to something else by now', async () => {
    const { folder, start } = await createWorkspace()
    const running = join(folder, '.arunika/running')
    await mkdir(running, { recursive: true })
    const { pid: gone } = spawnSync(process.execPath, ['--version'])
    await writeFile(join(running, String(gone)), 'start.mjs')
    // Only where the system tells what a process is.
    if (existsSync('/proc/self/cmdline')) await writeFile(join(running, String(process.pid)), 'start.mjs')
    const fresh = start('--fresh')
    await fresh.printed(READY)
  })
})

/** A program's process id, once it has written it. */
async function pidWhenThere(read: () => Promise<number>): Promise<number> {
  for (;;) {
    const pid = await read().catch(() => 0)
    if (pid > 0) return pid
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
