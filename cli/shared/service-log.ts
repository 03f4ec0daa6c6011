/**
 * The log of a long-running command, on stderr: lines for people on a terminal, else one JSON object per line in the
 * shape of pino (`level`, `time`, `msg`), which log collectors know.
 */

import type { Log } from '../../model/log.ts';
import type { ServiceSettings } from '../../model/service-settings.ts';
import type { Paint } from './terminal.ts';
import { visible } from './terminal.ts';

export interface ServiceLog extends Log {
  /** Takes lines that a part has made itself, as JSON in the same shape. */
  readonly stream: { readonly write: (line: string) => void };
}

/** Numbers of pino's levels. */
const LEVELS = { debug: 20, info: 30, warn: 40, error: 50, silent: 100 } as const satisfies Record<Level, number>;
type Level = ServiceSettings['ADATOM_LOG_LEVEL'];

export interface LogTarget {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

export function openServiceLog(level: Level, target: LogTarget, paint: Paint): ServiceLog {
  const write = (line: string): void => {
    target.write(target.isTTY === true ? `${readableLine(line, paint)}\n` : line.endsWith('\n') ? line : `${line}\n`);
  };
  const at = (own: Exclude<Level, 'silent'>) => (details: object, message: string) => {
    if (LEVELS[own] < LEVELS[level]) return;
    write(JSON.stringify({ level: LEVELS[own], time: Date.now(), ...plain(details), msg: message }));
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), stream: { write } };
}

/** An Error has no fields of its own that JSON would show. */
function plain(details: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Error ? { type: value.name, message: value.message, stack: value.stack } : value,
    ]),
  );
}

/** Told by the line itself, or of no use on one's own machine. */
const LEFT_OUT = ['level', 'time', 'msg', 'pid', 'hostname', 'requestId', 'address'];

function readableLine(line: string, paint: Paint): string {
  const parsed: unknown = JSON.parse(line);
  // `as`: both writers of lines write objects.
  const entry = parsed as Readonly<Record<string, unknown>>;
  const { level, time, msg } = entry;
  const clock = new Date(Number(time)).toTimeString().slice(0, 8);
  const rest = Object.entries(entry).filter(([name]) => !LEFT_OUT.includes(name));
  const details = rest.map(([name, value]) => `${name}=${detailText(value)}`).join(' ');
  return `${paint('dim', clock)} ${levelText(Number(level), paint)} ${visible(String(msg))} ${paint('dim', details)}`.trimEnd();
}

function levelText(level: number, paint: Paint): string {
  if (level >= LEVELS.error) return paint('red', 'error');
  if (level >= LEVELS.warn) return paint('yellow', 'warn ');
  return level >= LEVELS.info ? paint('cyan', 'info ') : paint('dim', 'debug');
}

function detailText(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'message' in value) return visible(String(value.message));
  return visible(typeof value === 'string' ? value : JSON.stringify(value));
}
