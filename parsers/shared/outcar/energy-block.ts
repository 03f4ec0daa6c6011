/**
 * The energy block of an ionic step, `FREE ENERGIE OF THE ION-ELECTRON SYSTEM`.
 *
 * The mistake avoided here: electronic iterations print almost the same words (`free energy    TOTEN`, one blank), but
 * their energies lack pair dispersion and the dipole energy. Only the ionic block (`free  energy   TOTEN`, two and three
 * blanks; `energy  without entropy=`) is read (SCIENCE §1).
 */
import type { IonicStep, Place } from '../../../model/calculation.ts';
import type { Issue } from '../../../model/issues.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { boundedLine, labelledAt, valueBehind } from './labelled-value.ts';
import { MARKS, type MarkList } from './marks.ts';
import { unparseable } from './unparseable.ts';

export interface EnergyBlock {
  readonly offset: number;
  readonly end: number;
}

export type Energies = Pick<IonicStep, 'freeEnergyEv' | 'energyWithoutEntropyEv' | 'energySigma0Ev'>;

/** Where the values of a step stand, and what is wrong with those that have none. */
export interface Findings {
  readonly places: Record<string, Place>;
  readonly issues: Issue[];
}

const TITLE = MARKS.energies;
const MACHINE_LEARNED_PREFIX = 'ML ';
const TOTEN = needle('free  energy   TOTEN');
const WITHOUT_ENTROPY = needle('energy  without entropy=');
const SIGMA0 = needle('energy(sigma->0)');
/** The block has five lines; patched builds add remarks, never pages. */
const BLOCK_BYTES = 1200;

/**
 * The ionic energy blocks in [from, to), in file order. A block that the end of the file cuts is left out; one that is
 * damaged otherwise is there, so that the step before it is not taken for the last one.
 */
export function findEnergyBlocks(
  scanner: ByteScanner,
  region: { readonly start: number; readonly end: number; readonly marks: MarkList; readonly isLast: boolean },
): EnergyBlock[] {
  const { start: from, end: to, marks } = region;
  // The header of a restart cuts the run before it as the end of the file does.
  const runEnd = region.isLast ? to : scanner.sizeBytes;
  const blocks: EnergyBlock[] = [];
  let at = marks.first('energies', from, to);
  while (at >= 0) {
    const next = marks.first('energies', at + 1, to);
    const machineLearned = scanner.text(at - MACHINE_LEARNED_PREFIX.length, at) === MACHINE_LEARNED_PREFIX;
    const end = machineLearned ? undefined : endOfBlock(scanner, at, next < 0 ? to : next, runEnd);
    if (end !== undefined) blocks.push({ offset: at, end });
    at = next;
  }
  return blocks;
}

/** Undefined when the file ends inside the block: a torn last line may end inside a number. */
function endOfBlock(scanner: ByteScanner, at: number, to: number, runEnd: number): number | undefined {
  const limit = Math.min(to, at + BLOCK_BYTES);
  const last = scanner.indexOf(WITHOUT_ENTROPY, at, limit);
  const line = last < 0 ? undefined : boundedLine(scanner, last, to);
  if (line?.terminated === true) return line.next;
  // In a text without line ends the title is no block at all.
  return limit < runEnd && boundedLine(scanner, at, to).terminated ? limit : undefined;
}

export function readEnergies(scanner: ByteScanner, block: EnergyBlock, findings: Findings): Energies {
  const energies: { -readonly [name in keyof Energies]: Energies[name] } = {};
  const withoutEntropy = scanner.indexOf(WITHOUT_ENTROPY, block.offset, block.end);
  const read = (name: keyof Energies, label: Uint8Array, from: number): void => {
    const at = from < 0 ? -1 : scanner.indexOf(label, from, block.end);
    const line = at < 0 ? undefined : labelledAt(scanner, at, label, block.end);
    const field = line === undefined ? undefined : valueBehind(scanner, line);
    if (field === undefined || Number.isNaN(field.value)) {
      findings.issues.push(unparseable(scanner, name, at < 0 ? block.offset : at, TITLE));
      return;
    }
    energies[name] = field.value;
    findings.places[name] = field.place;
  };
  read('freeEnergyEv', TOTEN, block.offset);
  read('energyWithoutEntropyEv', WITHOUT_ENTROPY, withoutEntropy);
  read('energySigma0Ev', SIGMA0, withoutEntropy);
  return energies;
}
