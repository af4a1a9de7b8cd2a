/** The end of an id that the server or a sender made: the copies of a row differ by it, and by their times. */
const ID_ENDS =
  /(?<=[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{8})[0-9a-f]{4}(?![0-9a-f])/g

/** The ends have four digits. */
export const MAX_COPIES = 0x1_0000

/** Between a copy and the next one, each older than the last, in milliseconds. */
const STEP_MS = 60_000
/** A number that is greater is a time. */
const FIRST_TIME_MS = 1_600_000_000_000

export type Row = Record<string, string | number | null>

/** Makes copies of rows which hold together as the rows do: what named the same id, names the same copy of it. */
export function copier(rows: Row[]): (copy: number) => Row[] {
  const parts = JSON.stringify(rows).split(ID_ENDS)
  const seqs = rows.map((row) => row['seq']).filter((seq) => typeof seq === 'number')
  const span = seqs.length === 0 ? 0 : Math.max(...seqs) - Math.min(...seqs) + 1

  return (copy) => {
    const copied = JSON.parse(parts.join(endOf(copy))) as Row[]
    for (const row of copied) {
      for (const [column, value] of Object.entries(row)) {
        if (typeof value !== 'number') continue
        if (column === 'seq') row[column] = value + copy * span
        else if (value > FIRST_TIME_MS) row[column] = value - copy * STEP_MS
      }
    }
    return copied
  }
}

/** An id of the copy of what has this id. */
export function copyOfId(id: string, copy: number): string {
  return id.replace(ID_ENDS, endOf(copy))
}

function endOf(copy: number): string {
  return copy.toString(16).padStart(4, '0')
}
