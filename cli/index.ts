/** All commands: name, one line of help, and where the code is. Only the code of the command that is used is loaded. */
import type { CommandEntry } from './shared/command.ts';

export const commands: readonly CommandEntry[] = [
  {
    name: 'parse',
    summary: 'read VASP files and print what they say',
    load: async () => (await import('./parse.ts')).parseCommand(),
  },
  {
    name: 'neb',
    summary: 'the barrier along one migration path',
    load: async () => (await import('./neb.ts')).nebCommand(),
  },
  {
    name: 'calc',
    summary: 'a descriptor from plain numbers',
    load: async () => (await import('./calc.ts')).calcCommand(),
  },
  {
    name: 'rank',
    summary: 'rank a table of candidates',
    load: async () => (await import('./rank.ts')).rankCommand(),
  },
  {
    name: 'screen',
    summary: 'rank the candidates in folders of calculations',
    load: async () => (await import('./screen.ts')).screenCommand(),
  },
];
