/**
 * `<atominfo>`: the type of every atom, and the POTCAR of every type.
 *
 * VASP keeps two characters of an element's name and damages some (`X ` for Xe, `r ` for Zr), so the element of a type
 * is that of its POTCAR title; the name in the table counts only where the title names none.
 */
import type { Place, Potcar } from '../../../model/calculation.ts';
import { elementOfPotcarSymbol, isElement } from '../../../model/elements.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import type { Content, Element } from './events.ts';

export interface AtomTable {
  readonly open: (element: Element) => Content;
  readonly text: (element: Element, text: string) => void;
  readonly close: (element: Element, end: number) => void;
  readonly potcars: () => readonly Potcar[];
  /** Element of every atom; absent when one of them has none. */
  readonly species: () => readonly string[] | undefined;
  /** Absent when the table is damaged. */
  readonly atomCount: () => number | undefined;
  readonly places: Record<string, Place>;
  readonly issues: () => readonly Issue[];
}

interface AtomType {
  readonly element: string | undefined;
  readonly potcar: Potcar | undefined;
}

export function atomTable(): AtomTable {
  let stated: number | undefined;
  let table: string | undefined;
  let fields: string[] = [];
  let cells: string[] = [];
  const atoms: { readonly element: string; readonly type: number }[] = [];
  const types: AtomType[] = [];
  const places: Record<string, Place> = {};

  const takeRow = (): void => {
    const cell = (field: string): string => (cells[fields.indexOf(field)] ?? '').trim();
    if (table === 'atoms') atoms.push({ element: cell('element'), type: parseFortranNumber(cell('atomtype')) });
    else if (table === 'atomtypes') types.push(atomType(cell));
  };
  const elementOf = (atom: { readonly element: string; readonly type: number }): string | undefined =>
    types[atom.type - 1]?.element ?? (isElement(atom.element) ? atom.element : undefined);
  return {
    places,
    open: ({ name, attributes }) => {
      if (name === 'array') {
        table = attributes.name;
        fields = [];
        return table === 'atoms' || table === 'atomtypes' ? 'children' : 'skip';
      }
      if (name === 'rc') cells = [];
      if (name === 'set' || name === 'rc') return 'children';
      return name === 'atoms' || name === 'field' || name === 'c' || name === 'types' || name === 'dimension'
        ? 'text'
        : 'skip';
    },
    text: ({ name }, text) => {
      if (name === 'atoms') stated = parseFortranNumber(text);
      else if (name === 'field') fields.push(text.trim());
      else if (name === 'c') cells.push(text);
    },
    close: (element, end) => {
      if (element.name === 'rc') takeRow();
      if (element.name !== 'array') return;
      const key = table === 'atoms' ? 'structure.species' : 'potcars';
      places[key] = { byteOffset: element.start, byteLength: end - element.start };
      table = undefined;
    },
    potcars: () => types.flatMap(({ potcar }) => potcar ?? []),
    species: () => {
      const species = atoms.flatMap((atom) => elementOf(atom) ?? []);
      return species.length === atoms.length && species.length > 0 && atoms.length === stated ? species : undefined;
    },
    issues: () => types.flatMap((type) => lostValence(type, places.potcars)),
    atomCount: () => (stated !== undefined && stated === atoms.length ? stated : undefined),
  };
}

function lostValence({ potcar }: AtomType, place: Place | undefined): Issue[] {
  if (potcar === undefined || potcar.valence !== undefined) return [];
  const details = { expected: `the valence of ${potcar.title}`, found: 'a field that is no number' };
  return [issue('W_UNPARSEABLE', details, { byteOffset: place?.byteOffset ?? 0, block: 'atomtypes' })];
}

function atomType(cell: (field: string) => string): AtomType {
  const title = cell('pseudopotential');
  const valence = parseFortranNumber(cell('valence'));
  const symbol = title.split(/\s+/)[1] ?? '';
  const named = cell('element');
  const element = elementOfPotcarSymbol(symbol) ?? (isElement(named) ? named : undefined);
  const potcar = title === '' ? undefined : { title, ...(Number.isFinite(valence) && { valence }) };
  return { element, potcar };
}
