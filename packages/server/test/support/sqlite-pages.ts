import { randomBytes } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { sql } from './sql'

const PAGE_BYTES = 4_096
/** Kinds of pages whose cells name other pages. https://www.sqlite.org/fileformat.html */
const INTERIOR = [2, 5]

/** The pages of a table or an index that hold rows, in their order. */
export async function leavesOf(database: string, name: string): Promise<number[]> {
  const found = await sql(database, 'select rootpage from sqlite_schema where name = ?', name)
  const file = await readFile(database)

  function leavesBelow(page: number): number[] {
    const start = (page - 1) * PAGE_BYTES
    if (!INTERIOR.includes(file.readUInt8(start))) return [page]
    const cells = Array.from({ length: file.readUInt16BE(start + 3) }, (_, cell) =>
      file.readUInt32BE(start + file.readUInt16BE(start + 12 + 2 * cell)),
    )
    return [...cells, file.readUInt32BE(start + 8)].flatMap(leavesBelow)
  }
  return leavesBelow((found[0] as { rootpage: number }).rootpage)
}

/** Writes chance over pages of a file. */
export async function overwrite(database: string, pages: number[]): Promise<void> {
  const file = await open(database, 'r+')
  try {
    for (const page of pages)
      await file.write(randomBytes(PAGE_BYTES), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES)
  } finally {
    await file.close()
  }
}
