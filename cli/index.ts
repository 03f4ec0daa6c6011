/** All commands: name, one line of help, and where the code is. Only the code of the command that is used is loaded. */
import type { CommandEntry } from './shared/command.ts';

export const commands: readonly CommandEntry[] = [
  {
    name: 'parse',
    summary: 'read VASP files and print what they say',
    load: async () => (await import('./parse.ts')).parseCommand(),
  },
  {
    name: 'screen',
    summary: 'rank the candidates in folders of calculations',
    load: async () => (await import('./screen.ts')).screenCommand(),
  },
];
