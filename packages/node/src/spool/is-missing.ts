/** Whether a file operation failed because the file is not there: another process was faster, or a person has deleted it. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
