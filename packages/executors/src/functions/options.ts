/** Options of the `node` command that are followed by their value, when there is no `=`. */
const WITH_VALUE = new Set(
  [
    '--import --require -r --loader --experimental-loader --conditions -C --eval -e --print -p',
    '--input-type --disable-warning --env-file --unhandled-rejections --title --icu-data-dir',
    '--openssl-config --run',
  ].flatMap((line) => line.split(' ')),
)

/** Those that belong to this start of the program: what it evaluates, watches, tests, debugs. */
const OF_THIS_START =
  /^(?:-e|-p|-pe|-c|-i|--eval|--print|--check|--interactive|--input-type|--run|--(?:inspect|debug|test|watch|prof|cpu-prof|heap-prof|build-snapshot)(?:-[a-z-]+)?)$/

/** What a thread can have of its own; the rest is the process's, and Node refuses it. */
const OF_A_THREAD =
  /^(?:--import|--require|-r|--loader|--experimental-loader|--conditions|-C|--enable-source-maps|--unhandled-rejections|--disable-warning|--(?:no-)?warnings|--(?:no-)?deprecation|--(?:throw|pending)-deprecation|--trace-(?:deprecation|env(?:-[a-z-]+)?|exit|promises|sync-io|tls|uncaught|warnings)|--preserve-symlinks|--(?:no-)?(?:experimental-)?(?:strip|transform)-types)$/

/** An option of the `node` command as it was written: one argument, or two. */
export interface NodeOption {
  readonly name: string
  readonly value: string | undefined
  readonly args: readonly string[]
}

/** The options in `args`, each with its value. */
export function parseOptions(args: readonly string[]): NodeOption[] {
  const options: NodeOption[] = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string
    const equals = arg.indexOf('=')
    const name = equals < 0 ? arg : arg.slice(0, equals)
    if (equals < 0 && WITH_VALUE.has(name)) {
      index++
      options.push({ name, value: args[index], args: args.slice(index - 1, index + 1) })
    } else {
      options.push({ name, value: equals < 0 ? undefined : arg.slice(equals + 1), args: [arg] })
    }
  }
  return options
}

/** Whether a worker of this kind is to have that option as well. */
export function isInherited(option: NodeOption, kind: 'thread' | 'process'): boolean {
  if (!option.name.startsWith('-') || OF_THIS_START.test(option.name)) return false
  return kind === 'process' || OF_A_THREAD.test(option.name)
}

/** Whether the option says how modules are found. */
export function isCondition(option: NodeOption): boolean {
  return option.name === '--conditions' || option.name === '-C'
}

/** Whether the option loads something before the program. */
export function isPreload(option: NodeOption): boolean {
  return /^(?:--import|--require|-r|--(?:experimental-)?loader)$/.test(option.name)
}
