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
    name: 'grid',
    summary: 'planar averages of a LOCPOT or CHGCAR, and differences of them',
    load: async () => (await import('./grid.ts')).gridCommand(),
  },
  {
    name: 'match',
    summary: 'the cells that two lattices have in common, and the strain in them',
    load: async () => (await import('./match.ts')).matchCommand(),
  },
  {
    name: 'calc',
    summary: 'a descriptor from plain numbers',
    load: async () => (await import('./calc.ts')).calcCommand(),
  },
  {
    name: 'reference',
    summary: 'published figures that come with the program; join and compare candidates with them',
    load: async () => (await import('./reference.ts')).referenceCommand(),
  },
  {
    name: 'claims',
    summary: 'published claims, and computed values held against them',
    load: async () => (await import('./claims.ts')).claimsCommand(),
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
  {
    name: 'inspect',
    summary: 'what each calculation is, what it is linked to and why, and what is missing',
    load: async () => (await import('./inspect.ts')).inspectCommand(),
  },
  {
    name: 'serve',
    summary: 'run the service on this machine: API and workers',
    load: async () => (await import('./serve.ts')).serveCommand(),
  },
  {
    name: 'worker',
    summary: 'run jobs of a service, beside other workers',
    load: async () => (await import('./worker.ts')).workerCommand(),
  },
  {
    name: 'submit',
    summary: 'hand folders of calculations to a service, which screens them',
    load: async () => (await import('./submit.ts')).submitCommand(),
  },
  {
    name: 'status',
    summary: 'how far a screening of the service is, or which there are',
    load: async () => (await import('./status.ts')).statusCommand(),
  },
  {
    name: 'candidates',
    summary: 'ask the service for candidates, by conditions on descriptors',
    load: async () => (await import('./candidates.ts')).candidatesCommand(),
  },
  {
    name: 'export',
    summary: 'a screening of the service as a file',
    load: async () => (await import('./export.ts')).exportCommand(),
  },
  {
    name: 'doctor',
    summary: 'what is installed, reachable and writable, and what to do about the rest',
    load: async () => (await import('./doctor.ts')).doctorCommand(),
  },
  {
    name: 'keys',
    summary: 'keys of the service: who may read, submit and administer',
    load: async () => (await import('./keys.ts')).keysCommand(),
  },
  {
    name: 'db',
    summary: 'look after the database of the service',
    load: async () => (await import('./db.ts')).dbCommand(),
  },
];
