/** A migration path for the terminal: its images, its barrier, and what to know about both. */
import type { Extremum } from '../../model/path.ts';
import type { PathReport, PathReportImage } from '../../model/system.ts';
import { issueLine } from './issue-line.ts';
import { pathIssues } from './path-document.ts';
import { type Column, tableLines } from './table.ts';
import { type Paint, visible } from './terminal.ts';

const COLUMNS: readonly Column[] = [
  { title: 'image' },
  { title: 's (Å)', align: 'right' },
  { title: 'E − E(00) (eV)', align: 'right' },
  { title: '−dE/ds (eV/Å)', align: 'right' },
  { title: 'Fmax NEB (eV/Å)', align: 'right' },
  { title: 'energy from' },
];

const ENERGY_NAMES = { sigma0: 'energy(sigma->0)', free: 'free energy (TOTEN)' } as const;

export function pathText(report: PathReport, paint: Paint): string[] {
  const [titles = '', ...rows] = tableLines(COLUMNS, report.images.map(cellsOf));
  const issues = pathIssues(report).map((entry) => issueLine(entry, paint));
  return [
    paint('bold', visible(report.id)),
    '',
    paint('bold', titles),
    ...rows,
    '',
    ...barrierLines(report),
    ...migrationLines(report),
    ...(issues.length === 0 ? [] : ['', ...issues]),
  ];
}

function cellsOf(image: PathReportImage): string[] {
  return [
    `${String(image.index).padStart(2, '0')}${image.climbing ? ' climbing' : ''}`,
    image.distanceAngstrom?.toFixed(4) ?? '',
    image.relativeEnergyEv?.toFixed(6) ?? '',
    image.tangentForceEvPerAngstrom?.toFixed(4) ?? '',
    image.maxPerpendicularForceEvPerAngstrom?.toFixed(4) ?? '',
    visible(`${image.source}${stateText(image)}`),
  ];
}

/** A finished image needs no word. */
function stateText({ state, ionicSteps }: PathReportImage): string {
  if (state === 'not-run') return ' (not run)';
  return state === 'unfinished' ? ` (unfinished, ${ionicSteps ?? 0} ionic steps)` : '';
}

/** At most so many atoms of a concerted motion are listed; JSON has them all. */
const MOST_ATOMS = 8;

function migrationLines({ migrating }: PathReport): string[] {
  if (migrating === undefined) return [];
  const { atoms, othersLargestDisplacementAngstrom: others } = migrating;
  const lines = atoms
    .slice(0, MOST_ATOMS)
    .map(
      ({ atom, element, pathLengthAngstrom, straightAngstrom }) =>
        `${visible(element)} ${atom}: ${pathLengthAngstrom.toFixed(2)} Å along its path, ${straightAngstrom.toFixed(2)} Å straight`,
    );
  if (atoms.length === 0) lines.push('no atom ends on another site');
  if (atoms.length > MOST_ATOMS) lines.push(`${atoms.length - MOST_ATOMS} more`);
  if (others !== undefined) lines.push(`every other atom: at most ${others.toFixed(2)} Å`);
  return lines.map((line, at) => `${(at === 0 ? 'migrating' : '').padEnd(17)}${line}`);
}

function barrierLines({ barrier, energyKind }: PathReport): string[] {
  const { parts } = barrier;
  const intermediates = intermediatesOf(parts).map(
    ({ energyEv, distanceAngstrom }) => `intermediate     ${eV(energyEv)} eV at ${distanceAngstrom.toFixed(2)} Å`,
  );
  const lines = [
    barrier.available
      ? `forward barrier  ${eV(barrier.value)} ± ${barrier.uncertainty?.toFixed(3) ?? '?'} eV  (${methodText(parts)}; quality: ${barrier.quality})`
      : 'forward barrier  not known; why stands below',
  ];
  if (typeof parts.reverseBarrierEv === 'number') lines.push(`reverse barrier  ${eV(parts.reverseBarrierEv)} eV`);
  if (typeof parts.reactionEnergyEv === 'number') lines.push(`reaction energy  ${eV(parts.reactionEnergyEv)} eV`);
  if (typeof parts.spanEv === 'number') lines.push(`largest rise     ${eV(parts.spanEv)} eV`);
  return [...lines, ...intermediates, `energies         ${ENERGY_NAMES[energyKind]}`];
}

/** The descriptor's own part. */
function intermediatesOf({ intermediateMinima }: PathReport['barrier']['parts']): readonly Extremum[] {
  return (intermediateMinima ?? []) as readonly Extremum[];
}

function methodText({ method, saddleImage }: PathReport['barrier']['parts']): string {
  if (method === 'climbing') return `climbing image ${String(saddleImage).padStart(2, '0')}`;
  return method === 'interpolated' ? 'maximum of the interpolated curve' : 'highest image';
}

/** Three decimals, a minus sign only before a number that is not zero. */
function eV(value: number): string {
  return value.toFixed(3).replace(/^-(0\.000)$/, '$1');
}
