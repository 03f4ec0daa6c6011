/**
 * A grid file as `adatom grid` prints it in JSON (the contract for scripts: names stay).
 *
 * Heights are distances of lattice planes along the surface normal, not lengths along the vector. What is not known is
 * left out and told in the issues: a component with a starred field has no averages, never 0.
 */
import type { FileRecord } from '../../model/calculation.ts';
import type { GridComponent, GridSummary } from '../../model/grid.ts';
import { type Issue, located } from '../../model/issues.ts';
import { type Matrix3, volume } from '../../model/lattice.ts';
import {
  cumulativeCharge,
  heightsAngstrom,
  type Plateau,
  periodAngstrom,
  plateaus,
} from '../../model/planar-profile.ts';
import type { GridDifference } from '../../parsers/shared/grid/difference.ts';
import { type IssueDocument, issueDocument } from '../../pipeline/issue-document.ts';

export const AXES = ['a', 'b', 'c'] as const;
export type Axis = (typeof AXES)[number];

export interface GridRequest {
  readonly file: string;
  readonly record: FileRecord;
  readonly axis: Axis;
  /** With the files that were subtracted. */
  readonly difference?: GridDifference & { readonly minus: readonly string[] };
}

export interface ProfileDocument {
  readonly name: GridComponent['name'];
  readonly heightsAngstrom: readonly number[];
  readonly planarAverages: readonly number[];
  readonly average: number;
  readonly minimum: number;
  readonly maximum: number;
  /** e or µB, of a density only. */
  readonly integral?: number;
  /** Of a potential: where it is flat. */
  readonly plateaus?: readonly Plateau[];
  /** e up to each height, of a difference of densities only. */
  readonly cumulativeCharge?: readonly number[];
}

export interface GridDocument {
  readonly file: string;
  readonly quantity?: GridSummary['quantity'];
  readonly points?: GridSummary['points'];
  readonly axis: Axis;
  readonly unit?: string;
  readonly components: readonly ProfileDocument[];
  readonly difference?: ProfileDocument & { readonly minus: readonly string[] };
  readonly issues: readonly IssueDocument[];
}

export function gridDocument({ file, record, axis, difference }: GridRequest): GridDocument {
  const { grid } = record;
  const lattice = (record.structure ?? record.unnamedStructure)?.latticeAngstrom;
  const issues: readonly Issue[] = [...located(record.issues, { file }), ...(difference?.issues ?? [])];
  if (grid === undefined || lattice === undefined) {
    return { file, axis, components: [], issues: issues.map(issueDocument) };
  }
  const profile = (component: GridComponent): ProfileDocument => profileDocument(component, { lattice, axis, grid });
  return {
    file,
    quantity: grid.quantity,
    points: grid.points,
    axis,
    unit: grid.quantity === 'charge' ? 'e/Å³' : 'eV',
    components: grid.components.map(profile),
    ...(difference?.component !== undefined && {
      difference: {
        minus: difference.minus,
        ...profile(difference.component),
        ...(grid.quantity === 'charge' && { cumulativeCharge: chargeBelow(difference.component, axis, lattice) }),
      },
    }),
    issues: issues.map(issueDocument),
  };
}

interface Frame {
  readonly lattice: Matrix3;
  readonly axis: Axis;
  readonly grid: GridSummary;
}

function profileDocument(component: GridComponent, { lattice, axis, grid }: Frame): ProfileDocument {
  const averages = component.planarAverages[AXES.indexOf(axis)] ?? new Float64Array(0);
  const index = AXES.indexOf(axis);
  return {
    name: component.name,
    heightsAngstrom: [...heightsAngstrom(lattice, index, averages.length)],
    planarAverages: [...averages],
    average: component.average,
    minimum: component.minimum,
    maximum: component.maximum,
    ...(component.integral !== undefined && { integral: component.integral }),
    ...(grid.quantity === 'potential' && { plateaus: plateaus(averages, periodAngstrom(lattice, index)) }),
  };
}

function chargeBelow(component: GridComponent, axis: Axis, lattice: Matrix3): readonly number[] {
  const averages = component.planarAverages[AXES.indexOf(axis)] ?? new Float64Array(0);
  return [...cumulativeCharge(averages, volume(lattice))];
}
