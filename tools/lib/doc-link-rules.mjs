/**
 * The `{@link …}`s of a text that lead nowhere: `{ target, line }`. A name that the code of the same
 * text knows is good too. Members are not looked at.
 */
export function deadLinks(text, isKnown) {
  const dead = []
  const code = text.replace(/\/\*.*?\*\/|\/\/.*$/gms, '')
  for (const link of text.matchAll(/\{@link\s+([^\s|}]+)/g)) {
    const target = link[1]
    const name = target.split(/[.#(]/)[0]
    if (target.includes('://') || isKnown(name)) continue
    if (new RegExp(`\\b${name}\\b`).test(code)) continue
    dead.push({ target, line: text.slice(0, link.index).split('\n').length })
  }
  return dead
}
