#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { complain, UsageError } from './output.ts';
import { packageVersion } from './package.ts';

// Commands are loaded when they are asked for: help and a slip in the arguments read no grammar.

const program = new Command('mlsys')
  .description('Designs of machine-learning systems: what they need, and where they break.')
  .usage('COMMAND [options]')
  .exitOverride()
  .configureOutput({ outputError: () => {} })
  .version(packageVersion(), '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .addHelpText(
    'after',
    `
As a file, - reads standard input. Paths start from the folder of the caller, under \`npm run mlsys\` too.
Exit status: 0 clean; 1 errors were found, or more warnings than --max-warnings; 2 wrong usage or an unreadable file.`,
  );

const format = (...formats: readonly [string, ...string[]]) =>
  new Option('--format <format>', 'what to print').choices(formats).default(formats[0]);
const scenario = () => new Option('--scenario <name>', 'the design as it is in that scenario');

program
  .command('check')
  .description('diagnostics for files and folders')
  .argument('[path...]', 'files, folders, or -; the current folder where none is named')
  .addOption(format('text', 'json', 'sarif', 'github'))
  .option('--max-warnings <n>', 'fail where there are more warnings', wholeNumber)
  .addOption(scenario())
  .action(async (paths, options) => finish((await import('./check.ts')).check(paths, options)));

program
  .command('estimate')
  .description('every estimate with its derivation')
  .argument('<file>', 'a design, or -')
  .addOption(format('text', 'json', 'markdown'))
  .addOption(scenario())
  .option('--set <name=value>', 'replace a parameter or Subject.property; may be given again', gathered, [])
  .option('--subject <name>', 'one declaration, with the full derivations')
  .action(async (file, options) => finish((await import('./estimate.ts')).estimate(file, options)));

program
  .command('solve')
  .description('the value of one input that brings a figure to a target')
  .argument('<file>', 'a design, or -')
  .requiredOption('--for <figure>', 'Subject.quantity, such as Chat.latency.p99')
  .requiredOption('--target <condition>', 'what it is to be, such as "< 50ms"')
  .requiredOption('--vary <input>', 'Subject.property, such as Chat.replicas or Chat.hardware, or a parameter')
  .addOption(format('text', 'json'))
  .addOption(scenario())
  .option('--set <name=value>', 'replace a parameter or Subject.property; may be given again', gathered, [])
  .action(async (file, options) => finish((await import('./solve.ts')).solve(file, options)));

program
  .command('diagram')
  .description('one view as a diagram')
  .argument('<file>', 'a design, or -')
  .option('--view <view>', 'which view', 'lifecycle')
  .option('--subject <name>', 'what the view shows, where it shows one declaration')
  .addOption(scenario())
  .addOption(format('mermaid', 'svg', 'png'))
  .action(async (file, options) => finish((await import('./diagram.ts')).diagram(file, options)));

program
  .command('format')
  .description('formats in place; standard input to standard output')
  .argument('[path...]', 'files, folders, or -; the current folder where none is named')
  .option('--check', 'change nothing, and fail where something is not formatted')
  .action(async (paths, options) => finish((await import('./format.ts')).formatFiles(paths, options)));

program
  .command('explain')
  .description("a rule's page; without a name, the list of rules")
  .argument('[rule]', 'such as capacity/gpu-shortfall')
  .action(async (rule) => finish((await import('./explain.ts')).explain(rule)));

program
  .command('lsp')
  .description('the language server, for any editor')
  .requiredOption('--stdio', 'speak over standard input and output')
  .action(async () => (await import('./lsp.ts')).lsp());

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function gathered(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

async function finish(status: number | Promise<number>): Promise<void> {
  process.exitCode = await status;
}

/** What went wrong, in one line; anything that is no error of usage is a fault of ours and shows its trace. */
function failed(error: unknown): void {
  if (error instanceof CommanderError && error.exitCode === 0) return;
  process.exitCode = 2;
  if (error instanceof CommanderError) complain(error.message.replace(/^error: /, ''));
  else if (error instanceof UsageError) complain(error.message);
  else console.error(error);
}

// a reader that closes the pipe has what it wanted
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

if (process.argv.length <= 2) failed(new UsageError('name a command: mlsys --help lists them.'));
else program.parseAsync().catch(failed);
