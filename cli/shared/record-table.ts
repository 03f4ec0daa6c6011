/** Parsed files as text for people: a line each with what else is in them, and below what is wrong with which file. */
import type { BandGap } from '../../model/electronic.ts';
import type { Severity } from '../../model/issues.ts';
import type { RecordDocument } from './record-document.ts';
import { type Column, tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

const COLUMNS: readonly Column[] = [
  { title: 'file' },
  { title: 'format' },
  { title: 'version' },
  { title: 'completeness' },
  { title: 'steps', align: 'right' },
  { title: 'E0 (eV)', align: 'right' },
  { title: 'Fmax (eV/Å)', align: 'right' },
  { title: 'converged' },
  { title: 'issues', align: 'right' },
  { title: 'also' },
];

const SEVERITY_STYLE = { error: 'red', warning: 'yellow', info: 'dim' } as const satisfies Record<Severity, string>;

export function recordTable(documents: readonly RecordDocument[], paint: Paint): string[] {
  const [titles = '', ...lines] = tableLines(COLUMNS, documents.map(cellsOf));
  return [paint('bold', titles), ...lines, ...issueLines(documents, paint)];
}

function cellsOf(document: RecordDocument): string[] {
  const { final } = document;
  return [
    visible(document.file),
    document.format ?? '',
    document.program?.version ?? '',
    document.completeness,
    document.ionicStepCount?.toString() ?? '',
    final?.energySigma0Ev?.toFixed(6) ?? '',
    // The force that decides on convergence: of free atoms, where it is known which are.
    (final?.maxFreeForceEvPerAngstrom ?? final?.maxForceEvPerAngstrom)?.toFixed(4) ?? '',
    convergenceText(document),
    document.issues.length === 0 ? '' : String(document.issues.length),
    othersText(document),
  ];
}

/** What the columns do not show: the gap with its number, everything else by name. */
function othersText(document: RecordDocument): string {
  const told = Object.entries(document).flatMap(([key, value]) => {
    if (SHOWN.has(key) || value === undefined) return [];
    const gap = key === 'bandGap' ? gapText(value) : undefined;
    return gap ?? WORDS[key] ?? wordsOf(key);
  });
  return told.join(', ');
}

/** Shown in a column, or in every document. */
const SHOWN: ReadonlySet<string> = new Set([
  ...['file', 'format', 'sha256', 'bytes', 'completeness', 'program', 'settings', 'potcars', 'structure', 'kpoints'],
  ...['ionicStepCount', 'final', 'convergence', 'elapsedSeconds', 'steps', 'provenance', 'issues'],
  ...['computing', 'forceDriftEvPerAngstrom'],
]);

const WORDS: Readonly<Record<string, string>> = {
  bader: 'Bader charges',
  grid: 'plane averages',
  sites: 'site tables',
  vacuumLevelsEv: 'vacuum levels',
};

function gapText(value: unknown): string | undefined {
  const { kind, gapEv } = value as Partial<BandGap>; // what the record holds under this key
  if (kind === 'metal') return 'metal';
  return gapEv === undefined ? undefined : `gap ${gapEv.toFixed(3)} eV`;
}

/** `densityOfStates` → `density of states`. */
function wordsOf(key: string): string {
  return key.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

function convergenceText({ convergence }: RecordDocument): string {
  if (convergence === undefined) return '';
  const { electronic, ionic } = convergence;
  if (electronic === 'notReached' || ionic === 'notReached') {
    return electronic === 'notReached' ? 'no (electronic)' : 'no (ionic)';
  }
  return electronic === 'unknown' || ionic === 'unknown' ? 'unknown' : 'yes';
}

function issueLines(documents: readonly RecordDocument[], paint: Paint): string[] {
  const lines = documents.flatMap((document) =>
    document.issues.map(({ severity, message, where }) => {
      const line = where.line === undefined ? '' : `:${where.line}`;
      return `${paint(SEVERITY_STYLE[severity], severity)}  ${visible(`${document.file}${line}`)}  ${visible(message)}`;
    }),
  );
  return lines.length === 0 ? [] : ['', ...lines];
}
