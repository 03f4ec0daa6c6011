/**
 * DOSCAR: the total density of states and its integral; the blocks projected on atoms are counted, and on request the d
 * states of each atom read.
 *
 * Energies are absolute, as is the Fermi energy beside them. The mistake avoided here: calling a table whole that the
 * end of the file cut: its rows count, and the record says that they are not all. Source: VASP wiki, DOSCAR.
 */
import type { ByteSource } from '../model/byte-source.ts';
import type { FileRecord } from '../model/calculation.ts';
import type { DensityOfStates } from '../model/electronic.ts';
import { type Issue, issue } from '../model/issues.ts';
import { type FoundDStates, readDStates } from './shared/doscar/d-states.ts';
import { type DoscarHead, readDoscarHead, SIXTH_LINE } from './shared/doscar/head.ts';
import { countProjections, type Projections } from './shared/doscar/projections.ts';
import { readTotalDensity } from './shared/doscar/total.ts';
import { faultyRecord, isFault, notTextRecord } from './shared/fault.ts';
import { fileNameMatcher } from './shared/file-name.ts';
import { beginsWithFiveLineHead } from './shared/five-line-head.ts';
import type { ParseOptions, ParserDefinition } from './shared/parser.ts';
import { rowReader } from './shared/row-reader.ts';

export const doscarParser: ParserDefinition = {
  format: 'doscar',
  title: 'DOSCAR, the density of states',
  matchesName: fileNameMatcher(['DOSCAR']),
  matchesContent: (head) => beginsWithFiveLineHead(head, SIXTH_LINE),
  parse,
};

function parse(source: ByteSource, options: ParseOptions = {}): FileRecord {
  const notText = notTextRecord('doscar', source);
  if (notText !== undefined) return notText;
  const reader = rowReader(source, options);
  const head = readDoscarHead(reader);
  if (isFault(head)) return faultyRecord('doscar', head);
  const { density, fault, issues, start, end } = readTotalDensity(reader, head);
  const rows = head.rows ?? density?.energiesEv.length ?? 0;
  const projections = fault === undefined ? countProjections(reader.scanner, head, end, rows) : undefined;
  const cut = projections === undefined ? [] : cutProjections(head, projections);
  const wantsStates =
    options.dStates === true && cut.length === 0 && density !== undefined && projections !== undefined;
  const projected: FoundDStates = wantsStates
    ? readDStates(reader, {
        blocks: projections.count,
        rows,
        spinCount: density.spinCount,
        densities: head.densities,
      })
    : { issues: [] };
  return {
    format: 'doscar',
    completeness: fault?.completeness ?? (cut.length > 0 ? 'truncated' : 'complete'),
    ...(density !== undefined && { densityOfStates: withProjections(density, projections) }),
    ...(projected.dStates !== undefined && { dStates: projected.dStates }),
    places: {
      ...(projected.place !== undefined && { dStates: projected.place }),
      ...(density !== undefined && {
        densityOfStates: { byteOffset: start, byteLength: end - start },
        ...(density.fermiEnergyEv !== undefined && { 'densityOfStates.fermiEnergyEv': head.fermiPlace }),
      }),
    },
    issues: [
      ...issues,
      ...cut,
      ...projected.issues,
      ...(head.fermiEnergyEv === undefined ? [noFermiEnergy(head)] : []),
      ...(fault ? [fault.fault] : []),
    ],
  };
}

function withProjections(density: DensityOfStates, projections: Projections | undefined): DensityOfStates {
  return projections === undefined || projections.count === 0
    ? density
    : { ...density, projectedBlockCount: projections.count };
}

/** The total density is whole, what was not read behind it is not. */
function cutProjections(head: DoscarHead, projections: Projections): Issue[] {
  const { count, isTorn, lastStart } = projections;
  const wanted = head.projectedBlockCount;
  if (!isTorn && (wanted === undefined || count >= wanted)) return [];
  const expected = `${wanted ?? 'whole'} blocks of projected densities`;
  return [
    issue('W_TRUNCATED', { expected, found: `${count}` }, { byteOffset: lastStart, block: 'projected densities' }),
  ];
}

function noFermiEnergy(head: DoscarHead): Issue {
  return issue('W_OVERFLOW', { field: 'the Fermi energy' }, { byteOffset: head.fermiPlace.byteOffset });
}
