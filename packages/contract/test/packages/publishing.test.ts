import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytesOf, packAll, type Tarball } from './tarballs'

const NAMES = ['protocol', 'core', 'browser', 'node', 'receiver', 'server', 'testing'].map(
  (name) => `@arunika/${name}`,
)

describe('what is published', () => {
  let tarballs: Tarball[]

  beforeAll(async () => {
    tarballs = await packAll()
  })

  it('is every package that is not private, and no other', () => {
    expect(tarballs.map((tarball) => tarball.name).sort()).toEqual([...NAMES].sort())
  })

  it.each(NAMES)('%s has nothing that publint finds', async (name) => {
    const tarball = (await bytesOf(find(name))).buffer
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  it.each(NAMES)('%s has types that are right for ESM, CJS and bundlers', async (name) => {
    const result = await checkPackage(createPackageFromTarballData(await bytesOf(find(name))))
    if (!result.types) throw new Error(`${name} has no types`)
    const isOurs = (problem: object) =>
      !('entrypoint' in problem && String(problem.entrypoint).includes('.json'))
    // Node 10's resolution knows no exports; every supported Node does.
    const isCurrent = (problem: object) =>
      !('resolutionKind' in problem && problem.resolutionKind === 'node10')
    expect(result.problems.filter((problem) => isOurs(problem) && isCurrent(problem))).toEqual([])
  })

  function find(name: string): Tarball {
    const tarball = tarballs.find((item) => item.name === name)
    if (!tarball) throw new Error(`${name} was not packed`)
    return tarball
  }
})
