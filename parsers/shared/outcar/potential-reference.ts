/**
 * ` E-fermi :   0.1177     XC(G=0):  -5.7657     alpha+bet : -5.9575`: the average exchange–correlation potential and the
 * average of the local ionic one, which turn printed eigenvalues into absolute ones.
 */
import type { PotentialReference } from '../../../model/electronic.ts';
import { type ByteScanner, needle } from '../byte-scanner.ts';
import { parseFortranNumber } from '../fortran-number.ts';
import type { Findings } from './energy-block.ts';
import { labelledAt } from './labelled-value.ts';
import { warning } from './unparseable.ts';

const FERMI = needle('E-fermi :');
const VALUES = /XC\(G=0\):\s*(\S+)\s+alpha\+bet\s*:\s*(\S+)\s*$/;

/** Of the last such line in [from, to); undefined when there is none or when it ends behind the Fermi energy. */
export function readPotentialReference(
  scanner: ByteScanner,
  from: number,
  to: number,
  findings: Findings,
): PotentialReference | undefined {
  const at = scanner.lastIndexOf(FERMI, from, to);
  const label = at < 0 ? undefined : labelledAt(scanner, at, FERMI, to);
  if (label === undefined) return undefined;
  const text = scanner.text(label.at, label.end);
  const title = text.indexOf('XC(G=0)');
  if (title < 0) return undefined;
  const [, xc = '', alphaBeta = ''] = VALUES.exec(text) ?? [];
  const xcAtG0Ev = parseFortranNumber(xc);
  const alphaPlusBetaEv = parseFortranNumber(alphaBeta);
  if (Number.isNaN(xcAtG0Ev + alphaPlusBetaEv)) {
    findings.issues.push(warning(scanner, 'XC(G=0) and alpha+bet in eV', at));
    return undefined;
  }
  findings.places.potentialReference = { byteOffset: label.at + title, byteLength: label.end - label.at - title };
  return { xcAtG0Ev, alphaPlusBetaEv };
}
