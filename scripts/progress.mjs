// One line a step of a command: printed as the step begins, completed as it ends. Steps may run at the same time.
const { stdout } = process

/** How many lines were printed on the terminal, and the first of them that nothing else was printed below of. */
let rows = 0
let firstRow = 0
/** The line that waits for its end where stdout is no terminal: there only the last can be completed. */
let open = null

/**
 * @param {string} text
 * @returns {(more: string) => void} completes the line
 */
export function beginLine(text) {
  if (stdout.isTTY) {
    const row = rows++
    stdout.write(`${text}\n`)
    return (more) => {
      const up = rows - row
      stdout.write(row < firstRow ? `${text}${more}\n` : `\x1b[${up}A\r${text}${more}\x1b[${up}B\r`)
    }
  }
  breakLine()
  open = text
  stdout.write(text)
  return (more) => {
    if (open !== text) {
      breakLine()
      stdout.write(text)
    }
    stdout.write(`${more}\n`)
    open = null
  }
}

/** Before something else is printed. */
export function breakLine() {
  firstRow = rows
  if (open !== null) stdout.write('\n')
  open = null
}
