// As in the packages' engines.
const oldestNode = '20.19.0'

/** The line to print for a Node that is too old, or null. */
export function whyNotThisNode(version) {
  const have = version.split('.').map(Number)
  const need = oldestNode.split('.').map(Number)
  for (let i = 0; i < need.length; i++) {
    if (have[i] > need[i]) return null
    if (have[i] < need[i]) {
      return `Hocket needs Node ${oldestNode} or newer, this is Node ${version}. Install a newer Node and try again.`
    }
  }
  return null
}
