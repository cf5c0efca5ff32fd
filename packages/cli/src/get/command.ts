import { Command, Option } from 'commander'
import { UsageError } from '../terminal/usage-error.ts'
import type { GetOptions } from './options.ts'
import { byteRate, checksum, duration, header, proxy, wholeNumber } from './values.ts'

/** The options of `hocket get`, and its help. */
export function makeGetCommand(name: string): Command {
  return new Command(name)
    .usage('[options] URL...  |  -i FILE')
    .description('Downloads files, many at a time. A file has its name only when it is whole.')
    .argument('[URL...]', 'what to download: http: or https:')
    .helpOption('-h, --help', 'this text')
    .optionsGroup('Files:')
    .option('-d, --folder <DIR>', 'where files go; made if it is missing', '.')
    .option('-o, --output <NAME>', 'what the file is called, if there is one URL')
    .option('-i, --input <FILE>', 'a list of URLs, one a line (see below); - is the standard input')
    .addOption(
      new Option('--if-exists <WHAT>', 'a name that is taken: number makes it NAME (1)')
        .choices(['number', 'skip'])
        .default('number'),
    )
    .option('--no-resume', 'begin anew what an earlier run has left in part')
    .option('--checksum <ALG=HEX>', 'what the file must come to, if there is one URL', checksum)
    .optionsGroup('How much at a time:')
    .option('-j, --concurrency <N>', 'connections in all (default: 32)', wholeNumber(1))
    .option('--per-host <N>', 'connections to one host (default: 16)', wholeNumber(1))
    .option('--pieces <N>', 'connections for one large file (default: 4)', wholeNumber(1))
    .option('--limit-rate <RATE>', 'bytes per second over all files: 500K, 2M', byteRate)
    .optionsGroup('Patience (in seconds, or like 5m, 2h; 0 for no limit):')
    .option('--retries <N>', 'new tries after what may pass (default: 5)', wholeNumber(0))
    .option('--timeout <S>', 'for each file, with its tries (default: none)', duration)
    .option('--total-timeout <S>', 'for all of it (default: none)', duration)
    .option('--connect-timeout <S>', 'until a connection stands (default: 30)', duration)
    .option('--idle-timeout <S>', 'until something comes (default: 60)', duration)
    .option('--low-speed <RATE>', 'give up what is slower than that for 30 s: 10K', byteRate)
    .optionsGroup('When files fail:')
    .addOption(
      new Option('--keep-going', 'go on with the others (default)').conflicts([
        'failFast',
        'maxFailures',
      ]),
    )
    .addOption(new Option('--fail-fast', 'give all others up').conflicts('maxFailures'))
    .option('--max-failures <N>', 'give all others up when so many have failed', wholeNumber(1))
    .optionsGroup('Requests:')
    .option('-H, --header <LINE>', "sent with each: 'Accept: image/png'; may be repeated", header)
    .option('-A, --user-agent <TEXT>', 'what the servers are told to be asked by')
    .option('--proxy <URL>', 'by way of this proxy (default: that of the environment)', proxy)
    .optionsGroup('What is shown:')
    .addOption(
      new Option('--json', 'a JSON object a line: one for each file, at last a summary').conflicts(
        'quiet',
      ),
    )
    .option('-q, --quiet', 'nothing but what fails')
    .option('--no-progress', 'no moving lines')
    .addHelpText('after', () => AFTER.replaceAll('hocket get', name))
}

const AFTER = `
In a list, a tab stands between mirrors of one file, # begins a comment, and indented lines below
a URL are for it alone: out=NAME, dir=FOLDER, checksum=sha-256=HEX, header=Name: value.

Ctrl-C keeps what has come, and prints the command that goes on from there. A second one ends at once.

Exit code: 0 all done, 2 usage, 124 out of time, 130 interrupted; if files failed, and all for one
reason: 3 not the content that was promised, 4 network, 5 disk; 1 otherwise.

Examples:
  One picture into this folder:
    $ hocket get https://example.com/cat.jpg
  A list into a folder, eight at a time, at most 2 MB a second:
    $ hocket get -i pictures.txt -d pictures -j 8 --limit-rate 2M
  A release that must be the right one, under a name of its own:
    $ hocket get -o tool.tgz --checksum sha-256=9f86d081… https://example.com/latest
`

/**
 * What the parsed command was told.
 *
 * @throws UsageError if it does not fit together
 */
export function readGetOptions(command: Command): GetOptions {
  const options: GetOptions = { ...command.opts<Omit<GetOptions, 'urls'>>(), urls: command.args }
  const { urls, input, output } = options
  if (urls.length === 0 && input === undefined) {
    throw new UsageError(`expected a URL or -i FILE, got neither: see ${command.name()} --help`)
  }
  if (output === '-') {
    throw new UsageError('-o - is not possible: files go to the disk; give -o a name')
  }
  for (const option of ['output', 'checksum'] as const) {
    if (options[option] === undefined || (urls.length === 1 && input === undefined)) continue
    const line = option === 'output' ? 'out=NAME' : 'checksum=ALG=HEX'
    throw new UsageError(
      `--${option} is for one URL: for several, give -i FILE with a line ${line} below each URL`,
    )
  }
  return options
}
