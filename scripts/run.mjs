// Runs one step of a command: a line of progress, and the step's own output only where it fails.
import { spawn } from 'node:child_process'
import { beginLine, breakLine } from './progress.mjs'
import { root } from './workspace.mjs'

const isWindows = process.platform === 'win32'

/** What ends a command from outside. */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * A signal that reaches this process alone ends the step too, and the step fails.
 *
 * @param {string} title what the step does, for the person who waits
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string }} [options]
 */
export async function run(title, command, args, { cwd = root } = {}) {
  const started = Date.now()
  const completeLine = beginLine(`  ${title} …`)
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: isWindows,
    // A process group of its own, so that what it has started in its turn can be ended with it.
    detached: !isWindows,
    env: { ...process.env, CI: '1' },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  let endedBy
  const end = (signal) => {
    endedBy = signal
    endGroup(child)
  }
  for (const signal of SIGNALS) process.on(signal, end)
  const exit = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? signal))
  }).finally(() => {
    for (const signal of SIGNALS) process.off(signal, end)
  })
  const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`
  if (endedBy !== undefined) {
    completeLine(` ended by ${endedBy}`)
    throw new StepError(`${title}: ended by ${endedBy}`)
  }
  if (exit !== 0) {
    completeLine(` failed after ${seconds}`)
    breakLine()
    console.error(output)
    throw new StepError(`${title}: failed (${how(exit)}); its output is above`)
  }
  completeLine(` ${seconds}`)
}

/** How a process ended, from its exit code or signal. */
export function how(exit) {
  return typeof exit === 'number' ? `exit code ${exit}` : exit
}

function endGroup(child) {
  try {
    if (isWindows) child.kill()
    else process.kill(-child.pid, 'SIGTERM')
  } catch {
    // It has ended by now.
  }
}

/** A step that failed and has said why. */
export class StepError extends Error {}

/** Runs a command's main function; a failed step ends it with exit code 1 and no stack. */
export async function main(command) {
  try {
    await command()
  } catch (error) {
    breakLine()
    console.error(error instanceof StepError ? error.message : error)
    process.exitCode = 1
  }
}
