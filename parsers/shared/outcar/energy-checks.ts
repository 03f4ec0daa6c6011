/**
 * Checks of the final energies that need nothing but the file: the extrapolation identity, smearing entropy, dispersion
 * and pressure bookkeeping, earlier unconverged steps (SCIENCE §1.3–1.7).
 */
import type { IonicStep } from '../../../model/calculation.ts';
import { type Issue, issue } from '../../../model/issues.ts';
import type { Header } from './header.ts';
import { numberSetting } from './setting-tags.ts';
import type { EarlierSteps } from './steps.ts';

/** Rounding of three printed energies; old versions print six decimals. */
const IDENTITY_TOLERANCE_EV = 2e-6;
const ENTROPY_LIMIT_MEV_PER_ATOM = 1;
const MINIMUM_TETRAHEDRON_KPOINTS = 4;

export function energyIssues(header: Header, last: IonicStep, earlier: EarlierSteps): Issue[] {
  return [
    ...identityIssues(header, last),
    ...entropyIssues(header, last),
    ...tetrahedronIssues(header),
    ...dispersionIssues(header, last),
    ...pressureIssues(header),
    ...earlierSteps(earlier),
  ];
}

/** E0 = F − (F−E)/(N+2), N = 0 for Gaussian and Fermi smearing, N = ISMEAR for Methfessel–Paxton; E0 = F for ISMEAR −5. */
function identityIssues(header: Header, last: IonicStep): Issue[] {
  const { freeEnergyEv: f, energyWithoutEntropyEv: e, energySigma0Ev: e0 } = last;
  const ismear = numberSetting(header.settings, 'ISMEAR');
  if (f === undefined || e === undefined || e0 === undefined || ismear === undefined) return [];
  const verified = ismear >= 0 || ismear === -5 || (ismear === -1 && f === e);
  if (!verified) return [];
  const expected = ismear === -5 ? f : f - (f - e) / (Math.max(ismear, 0) + 2);
  const deviationEv = Math.abs(e0 - expected);
  return deviationEv > IDENTITY_TOLERANCE_EV ? [issue('W_SIGMA0_IDENTITY', { deviationEv })] : [];
}

function entropyIssues(header: Header, last: IonicStep): Issue[] {
  const atoms = header.species?.length ?? header.atomCount;
  if (last.freeEnergyEv === undefined || last.energyWithoutEntropyEv === undefined || !atoms) return [];
  const millielectronvoltPerAtom = (1000 * Math.abs(last.freeEnergyEv - last.energyWithoutEntropyEv)) / atoms;
  if (millielectronvoltPerAtom <= ENTROPY_LIMIT_MEV_PER_ATOM) return [];
  return [issue('W_SMEARING_ENTROPY', { millielectronvoltPerAtom })];
}

function tetrahedronIssues(header: Header): Issue[] {
  if (numberSetting(header.settings, 'ISMEAR') !== -5) return [];
  const points = numberSetting(header.settings, 'NKPTS') ?? header.kpoints?.fractional?.length;
  if (points === undefined || points >= MINIMUM_TETRAHEDRON_KPOINTS) return [];
  return [issue('W_TETRAHEDRON_FORCES', { reason: `only ${points} irreducible k-points, fewer than 4` })];
}

function dispersionIssues(header: Header, last: IonicStep): Issue[] {
  const version = header.version;
  const lvdw = header.settings.LVDW === true;
  const ivdw = numberSetting(header.settings, 'IVDW') ?? (lvdw ? 1 : 0);
  if (ivdw <= 0) return [];
  if (version !== undefined && isBefore53(version)) return [issue('W_OLD_VDW', { version })];
  return last.dispersionEnergyEv === undefined ? [issue('W_NO_EDISP', { ivdw })] : [];
}

function isBefore53(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 5 || (major === 5 && minor < 3);
}

function pressureIssues(header: Header): Issue[] {
  const kbar = numberSetting(header.settings, 'PSTRESS');
  return kbar === undefined || kbar === 0 ? [] : [issue('W_PSTRESS', { kbar })];
}

function earlierSteps({ unconverged }: EarlierSteps): Issue[] {
  return unconverged > 0 ? [issue('W_SCF_EARLIER_STEP', { steps: unconverged })] : [];
}
