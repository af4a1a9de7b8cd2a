import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './tarballs'

const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)))

describe('the documents', () => {
  it.each(documents)('%s has no relative link to nowhere', (path) => {
    const text = readFileSync(join(root, path), 'utf8').replaceAll(/^```.*?^```$/gms, '')
    const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), (match) => match[1] ?? '')
    const relative = links.filter((link) => !/^(https?:|mailto:|#)/.test(link))
    const broken = relative.filter((link) => !existsSync(join(root, dirname(path), link.split('#')[0] ?? '')))
    expect(broken).toEqual([])
  })
})
