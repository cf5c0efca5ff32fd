/**
 * Decodes the percent signs of a URL's part once. What is not valid UTF-8 stays as it stands, where
 * `decodeURIComponent` gives up: `%E4` alone is no character.
 */
export function percentDecode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}
