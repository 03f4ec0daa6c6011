/** A migration path for the terminal: its images, its barrier, and what to know about both. */
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
    visible(image.source),
  ];
}

function barrierLines({ barrier, energyKind }: PathReport): string[] {
  const { parts } = barrier;
  const lines = [
    barrier.available
      ? `forward barrier  ${eV(barrier.value)} ± ${barrier.uncertainty.toFixed(3)} eV  (${methodText(parts)}; quality: ${barrier.quality})`
      : 'forward barrier  not known; why stands below',
  ];
  if (typeof parts.reverseBarrierEv === 'number') lines.push(`reverse barrier  ${eV(parts.reverseBarrierEv)} eV`);
  if (typeof parts.reactionEnergyEv === 'number') lines.push(`reaction energy  ${eV(parts.reactionEnergyEv)} eV`);
  if (typeof parts.spanEv === 'number') lines.push(`largest rise     ${eV(parts.spanEv)} eV`);
  return [...lines, `energies         ${ENERGY_NAMES[energyKind]}`];
}

function methodText({ method, saddleImage }: PathReport['barrier']['parts']): string {
  if (method === 'climbing') return `climbing image ${String(saddleImage).padStart(2, '0')}`;
  return method === 'interpolated' ? 'maximum of the interpolated curve' : 'highest image';
}

/** Three decimals, a minus sign only before a number that is not zero. */
function eV(value: number): string {
  return value.toFixed(3).replace(/^-(0\.000)$/, '$1');
}
