// Runs one step of a command: a line of progress, and the step's own output only where it fails.
import { spawn } from 'node:child_process'
import { root } from './workspace.mjs'

/**
 * @param {string} title what the step does, for the person who waits
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string }} [options]
 */
export async function run(title, command, args, { cwd = root } = {}) {
  const started = Date.now()
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, CI: '1' },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  if (code !== 0) {
    console.error(output)
    throw new StepError(`${title}: failed after ${seconds} s (exit code ${code}); its output is above`)
  }
  console.log(`  ${title} (${seconds} s)`)
}

/** A step that failed and has said why. */
export class StepError extends Error {}

/** Runs a command's main function; a failed step ends it with exit code 1 and no stack. */
export async function main(command) {
  try {
    await command()
  } catch (error) {
    console.error(error instanceof StepError ? error.message : error)
    process.exitCode = 1
  }
}
