/**
 * What all commands have in common: `--json`, `--quiet`, `--help`, `--version`, and wrong usage that throws instead of
 * ending the process.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import { workingIon, workingIonElements } from '../../model/elements.ts';
import { AdatomError } from '../../model/errors.ts';
import { adatomVersion } from '../../reading/version.ts';

/** Options every command understands. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** A command as the list of all commands knows it; its code is loaded when it is used. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export function newCommand(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .option('--json', 'print one JSON document on stdout and nothing else there')
    .option('--quiet', 'no progress and no notes on stderr')
    .version(adatomVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .showHelpAfterError('(--help shows all options)')
    .exitOverride();
}

/** A command that is only a name for its subcommands: the common options are theirs, or it would take them away. */
export function newCommandGroup(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .version(adatomVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .addHelpText('after', '\nEach has --json, --quiet and --help.')
    .exitOverride();
}

/**
 * Options that are about one set of a list, given without its name. Throws a `request` error: left unheeded, whoever asked
 * for a file of claims would get a list for readers.
 */
export function refuseWithoutName(
  options: { readonly csv?: boolean; readonly with?: string },
  names: readonly string[],
): void {
  const option = options.with !== undefined ? '--with' : options.csv === true ? '--csv' : undefined;
  if (option !== undefined) throw new AdatomError('request', `${option} needs one of ${names.join(', ')}`);
}

/** A whole number from `minimum` on, for an option. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= minimum) return value;
    throw new InvalidArgumentError(`expected a whole number from ${minimum} on, found "${text}".`);
  };
}

export function workingIonOption(meaning = 'working ion'): Option {
  const known = workingIonElements().join(', ');
  return new Option('--ion <element>', `${meaning}, one of ${known}`).argParser((text: string) => {
    if (workingIon(text) !== undefined) return text;
    throw new InvalidArgumentError(`expected one of ${known}, found "${text}".`);
  });
}
