/** What is wrong with the package.json of a published package: a list of sentences. */
export function judgeManifest(manifest, { folder, version }) {
  const wrong = []
  const expectValue = (field, want) => {
    const got = field.split('.').reduce((value, key) => value?.[key], manifest)
    if (got !== want) wrong.push(`${field} must be ${show(want)}, is ${show(got)}`)
  }
  expectValue('name', folder === 'hocket' ? 'hocket' : `@hocket/${folder}`)
  expectValue('version', version)
  expectValue('license', 'MIT')
  expectValue('type', 'module')
  expectValue('engines.node', '>=20.19.0')
  if (!manifest.description) wrong.push('description is missing')
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
    if (manifest.scripts?.[script]) wrong.push(`has an install script (${script}); none may run`)
  }
  for (const [entry, target] of Object.entries(manifest.exports ?? {})) {
    if (entry === './package.json') continue
    const source = target['@hocket/source']
    const [first] = Object.keys(target)
    if (first !== '@hocket/source') {
      wrong.push(`exports['${entry}'] must begin with the condition @hocket/source`)
    } else if (!/^\.\/src\/[\w-]+\.ts$/.test(source)) {
      wrong.push(`exports['${entry}'] must be a file directly in src, is ${source}`)
    }
  }
  if (manifest.exports?.['./package.json'] !== './package.json') {
    wrong.push(`exports must let './package.json' through`)
  }
  for (const [name, range] of Object.entries(manifest.dependencies ?? {})) {
    if ((name === 'hocket' || name.startsWith('@hocket/')) && range !== version) {
      wrong.push(`depends on ${name} ${range}; packages of one release go together: ${version}`)
    }
  }
  return wrong
}

function show(value) {
  return value === undefined ? 'missing' : JSON.stringify(value)
}
