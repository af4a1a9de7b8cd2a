import { passes, type Figure, type Table } from './figure'

/** The figures with their limits, as text. */
export function figuresAsText(figures: Figure[]): string {
  const rows = figures.map((figure) => ({
    '': verdictOf(figure),
    figure: figure.name,
    value: figure.value,
    limit: `${figure.bound === 'least' ? '≥' : '≤'} ${figure.limit.toLocaleString('en')}`,
    unit: figure.unit,
    ...(figure.note !== undefined && { note: figure.note }),
  }))
  return tableAsText({ title: 'Figures', rows })
}

function verdictOf(figure: Figure): string {
  const passed = passes(figure)
  if (passed === null) return '??'
  return passed ? 'ok' : 'MISSED'
}

/** A table with columns as wide as they must be; numbers to the right. */
export function tableAsText({ title, rows }: Table): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const texts = rows.map((row) => columns.map((column) => textOf(row[column])))
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...texts.map((cells) => cells[i]?.length ?? 0)),
  )
  const isNumber = columns.map((column) => rows.some((row) => typeof row[column] === 'number'))
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [title, ...[columns, ...texts].map((cells) => `  ${line(cells)}`)].join('\n')
}

function textOf(value: string | number | null | undefined): string {
  if (value === undefined) return ''
  return value === null ? '–' : value.toLocaleString('en')
}
