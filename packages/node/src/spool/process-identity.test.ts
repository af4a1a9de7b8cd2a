import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { isGone, parseIdentity, thisProcess } from './process-identity'

const self = thisProcess()
const onLinux = existsSync('/proc/self/stat')

describe('isGone', () => {
  it('is false of a process that lives: this one, and one of another user', () => {
    expect(isGone(self, self)).toBe(false)
    expect(isGone({ ...self, pid: 1, startedAt: null }, self)).toBe(false)
  })

  it('is true of one that has ended', () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    expect(isGone({ ...self, pid }, self)).toBe(true)
  })

  it('is false of one on another host or in another container, of which nothing can be known', () => {
    const { pid } = spawnSync(process.execPath, ['--version'])
    expect(isGone({ ...self, pid, machine: 'elsewhere' }, self)).toBe(false)
  })

  it.runIf(onLinux)('is true where another process got its number', () => {
    expect(isGone({ ...self, startedAt: '1' }, self)).toBe(true)
  })

  it.runIf(onLinux)('is true of one that was killed and whose parent has not looked', async () => {
    // The shell's child ends while the shell, replaced by sleep, never asks for it.
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 20'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [output] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(output.toString())
    const startedAt = null
    while (!readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z')) await new Promise(setImmediate)
    expect(isGone({ ...self, pid, startedAt }, self)).toBe(true)
    parent.kill()
  })
})

test('an identity that was written is read again', () => {
  expect(parseIdentity(JSON.stringify(self))).toEqual(self)
})

test.each([
  '',
  '{',
  'null',
  '{}',
  '{"machine":"a","pid":"1"}',
  '{"machine":"a","pid":0}',
  '{"machine":"a","pid":-1}',
])('what is none (%s) gives none', (text) => {
  expect(parseIdentity(text)).toBe(null)
})
