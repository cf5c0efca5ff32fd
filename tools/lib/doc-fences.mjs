/**
 * The runnable examples of a text, each `{ line, code, docComment }`; `line` is that of the first
 * line of code, from 1.
 *
 * In a doc comment's `@example`, every ```ts fence is run; ```ts no-run is the way out. In
 * Markdown, where most fences show a part of something, only ```ts run is run.
 */
export function findExamples(path, text) {
  return path.endsWith('.md') ? inMarkdown(text) : inDocComments(text)
}

function inMarkdown(text) {
  return fences(text.split('\n'), 0)
    .filter(({ info }) => info === 'ts run')
    .map(({ line, code }) => ({ line, code, docComment: false }))
}

function inDocComments(text) {
  const found = []
  for (const comment of text.matchAll(/\/\*\*.*?\*\//gs)) {
    const before = text.slice(0, comment.index).split('\n').length - 1
    const lines = comment[0].split('\n').map((line) => line.replace(/^\s*(\/\*\*|\*(?!\/)) ?/, ''))
    let example = false
    const inExample = lines.map((line) => {
      const tag = /^@(\w+)/.exec(line)
      if (tag) example = tag[1] === 'example'
      return example
    })
    for (const { info, line, code } of fences(lines, before)) {
      if ((info === 'ts' && inExample[line - before - 2]) || info === 'ts run') {
        found.push({ line, code, docComment: true })
      }
    }
  }
  return found
}

function fences(lines, before) {
  const found = []
  let open = null
  for (const [index, line] of lines.entries()) {
    const fence = /^ *```(.*)$/.exec(line)
    if (fence === null) continue
    if (open === null) {
      open = { info: fence[1].trim(), first: index + 1 }
    } else {
      const code = lines.slice(open.first, index).join('\n')
      found.push({ info: open.info, line: before + open.first + 1, code })
      open = null
    }
  }
  return found
}
