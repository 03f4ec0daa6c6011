/**
 * Which service a command talks to, and with which key: what is said on the command line, else in the environment, else
 * the service of this machine.
 *
 * A key is never an argument: the list of processes shows arguments to everybody on the machine.
 */
import type { Command } from 'commander';
import { AdatomError } from '../../../model/errors.ts';
import { readText } from '../../../reading/read-text.ts';
import type { CommonOptions } from '../command.ts';

export interface ServerOptions extends CommonOptions {
  readonly server?: string;
  readonly keyFile?: string;
}

export interface Connection {
  /** Without a slash at its end. */
  readonly server: string;
  readonly key?: string;
}

const DEFAULT_SERVER = 'http://127.0.0.1:8420';

export function withServerOptions(command: Command): Command {
  return command
    .option('--server <url>', `address of the service (default: $ADATOM_SERVER, else ${DEFAULT_SERVER})`)
    .option('--key-file <file>', 'file that holds the API key (default: the key in $ADATOM_KEY)');
}

/** Throws `AdatomError('request')` for an address or a key that cannot be one. */
export function connectionOf(options: ServerOptions, environment: NodeJS.ProcessEnv): Connection {
  const server = serverAddress(options.server ?? (environment.ADATOM_SERVER || DEFAULT_SERVER));
  const key = options.keyFile === undefined ? environment.ADATOM_KEY : readText(options.keyFile);
  const trimmed = key?.trim() ?? '';
  if (trimmed === '' && options.keyFile !== undefined) throw wrong(`${options.keyFile}: holds no API key`);
  if (trimmed === '') return { server };
  const origin = options.keyFile ?? 'ADATOM_KEY';
  // Anything else cannot stand in a header, and would be shown by the error that says so.
  if (!/^[\x21-\x7e]+$/.test(trimmed)) throw wrong(`${origin}: expected one API key (adk_…), found other text`);
  return { server, key: trimmed };
}

function serverAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw wrong(`--server: expected an address such as ${DEFAULT_SERVER}, found "${text}"`);
  }
  if (url.username !== '' || url.password !== '') {
    throw wrong('--server: the address must not hold a name or password; the key goes in ADATOM_KEY or --key-file');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function wrong(message: string): AdatomError {
  return new AdatomError('request', message);
}
