import type { ArunikaOptions } from '@arunika/browser'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchOptions } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { killBrowser, launchOnProfile } from '../../chromium'
import { labFor, type Lab } from './lab'

/** A lab whose browser has a profile on the disk, which outlives it. */
export interface LabOnDisk extends Lab {
  /** Kills the browser with all of its processes (SIGKILL), and starts it again on the same profile. */
  killAndRestart(): Promise<void>
}

/** A lab with a browser of its own. */
export async function openLabOnDisk(
  options: Partial<ArunikaOptions> = {},
  launchOptions?: LaunchOptions,
): Promise<LabOnDisk> {
  const profile = await mkdtemp(join(tmpdir(), 'arunika-profile-'))
  onTestFinished(() => rm(profile, { recursive: true, force: true }))
  const launch = () => launchOnProfile(profile, launchOptions)
  const lab = await labFor(await launch(), options)
  onTestFinished(() => lab.context.close())
  return Object.assign(lab, {
    async killAndRestart() {
      await killBrowser(lab.context)
      lab.context = await launch()
    },
  })
}
