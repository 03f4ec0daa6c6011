#!/usr/bin/env node
/**
 * The program `adatom`: finds the command, runs it, and turns whatever happens into an exit code (model/errors.ts).
 *
 * The answer goes to stdout, everything else to stderr. A reader that stops early (`adatom … | head`) and Ctrl-C are no
 * failures to report.
 */
import { Command, CommanderError } from 'commander';
import { AdatomError, BUG_EXIT_CODE, ERROR_TABLE, exitCodeOf } from '../model/errors.ts';
import { adatomVersion } from '../reading/version.ts';
import { commands } from './index.ts';
import { paintFor } from './shared/terminal.ts';

/** 128 + SIGINT, as shells count. */
const INTERRUPTED_EXIT_CODE = 130;

process.on('SIGINT', () => process.exit(INTERRUPTED_EXIT_CODE));
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (isBrokenPipe(error)) process.exit(0);
    throw error;
  });
}
// Not process.exit: what is written may still be on its way.
process.exitCode = await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  try {
    const program = await programFor(args);
    if (args.length === 0) {
      program.outputHelp({ error: true });
      return ERROR_TABLE.request.exitCode;
    }
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return report(error);
  }
}

/** All commands by name; the code of those that are named in the arguments. */
async function programFor(args: readonly string[]): Promise<Command> {
  const program = new Command('adatom')
    .description('Ranks candidate facets and coatings for Li and Zn metal anodes from folders of VASP calculations.')
    .version(adatomVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this help; "adatom COMMAND --help" for a command')
    .exitOverride();
  const named = new Set(args.filter((arg) => !arg.startsWith('-')).slice(0, 2));
  for (const { name, summary, load } of commands) {
    if (named.has(name)) program.addCommand(await load());
    else program.command(name).description(summary);
  }
  return program;
}

/** Says on stderr what went wrong and returns the exit code. */
function report(error: unknown): number {
  if (isBrokenPipe(error)) return 0;
  const paint = paintFor(process.stderr);
  if (error instanceof CommanderError) {
    // Commander has written its message already.
    return error.exitCode === 0 ? 0 : ERROR_TABLE.request.exitCode;
  }
  if (error instanceof AdatomError) {
    process.stderr.write(`${paint('red', 'adatom:')} ${error.message}\n`);
    return exitCodeOf(error);
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const system = `adatom ${adatomVersion()}, Node ${process.version}, ${process.platform}`;
  process.stderr.write(`${paint('red', 'adatom: this is a bug in adatom')}; please report it (${system}):\n${trace}\n`);
  return BUG_EXIT_CODE;
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
