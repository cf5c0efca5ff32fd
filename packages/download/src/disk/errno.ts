/** What `link` says on file systems without hard links: FAT, some network and phone storage. */
export const NO_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EACCES',
])

export function errno(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}

export function ignore(): void {}
