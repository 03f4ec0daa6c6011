// The VASP settings of the example, once: INCAR and the echo in OUTCAR are both written from them.
//
// They follow the protocol zno-li-2025: PBE, PAW, 520 eV, EDIFF 1e-5, forces 0.02 eV/Å, D3 with Becke–Johnson damping,
// Γ-centred spacing 0.04·2π Å⁻¹, two fixed planes, CI-NEB. The paper states no smearing, spin or dipole correction;
// those are chosen here and equal wherever energies are subtracted.
import { SPRING_EV_PER_ANGSTROM2 } from './elastic-band.mjs';

/**
 * @typedef {object} Settings
 * @property {string} system
 * @property {1 | 2} spin
 * @property {number} nsw
 * @property {-1 | 1 | 2} ibrion
 * @property {boolean} dipole
 * @property {{ images: number, firstFreeEnergyEv: number, lastFreeEnergyEv: number }} [band]
 */

export const CUTOFF_EV = 520;
/** Stated so that it does not follow from the POTCARs of each calculation. */
export const AUGMENTATION_CUTOFF_EV = 650;
export const SIGMA_EV = 0.05;

/** @type {(system: string) => Settings} */
export const bulkSettings = (system) => ({ system, spin: 1, nsw: 0, ibrion: -1, dipole: false });

/** @type {(system: string) => Settings} */
export const atomSettings = (system) => ({ system, spin: 2, nsw: 0, ibrion: -1, dipole: false });

/** @type {(system: string) => Settings} */
export const slabSettings = (system) => ({ system, spin: 1, nsw: 200, ibrion: 2, dipole: true });

/** @type {(system: string, band: Settings['band']) => Settings} */
export const bandSettings = (system, band) => ({ system, spin: 1, nsw: 300, ibrion: 1, dipole: true, band });

/** @type {(settings: Settings) => string} */
export function incarText(settings) {
  const { spin, nsw, ibrion, dipole, band } = settings;
  const lines = [
    `SYSTEM = ${settings.system}`,
    '',
    'GGA    = PE',
    'IVDW   = 12        ! D3, Becke-Johnson damping',
    'PREC   = Accurate',
    `ENCUT  = ${CUTOFF_EV}`,
    `ENAUG  = ${AUGMENTATION_CUTOFF_EV}`,
    'LASPH  = .TRUE.',
    'LREAL  = .FALSE.',
    'EDIFF  = 1E-5',
    'NELM   = 100',
    'ISMEAR = 0',
    `SIGMA  = ${SIGMA_EV}`,
    `ISPIN  = ${spin}`,
    ...(spin === 2 ? ['MAGMOM = 1', 'LORBIT = 11'] : []),
    'ISYM   = 0         ! as the images of a band need it; the same everywhere',
    '',
    `IBRION = ${ibrion}`,
    `NSW    = ${nsw}`,
    ...(nsw > 0 ? ['ISIF   = 2', 'EDIFFG = -0.02'] : []),
    ...(dipole ? ['LDIPOL = .TRUE.', 'IDIPOL = 3'] : []),
    ...(band === undefined ? [] : bandLines(band)),
    '',
    'LWAVE  = .FALSE.',
    'LCHARG = .FALSE.',
  ];
  return `${lines.join('\n')}\n`;
}

/** @type {(band: NonNullable<Settings['band']>) => string[]} */
function bandLines({ images, firstFreeEnergyEv, lastFreeEnergyEv }) {
  return [
    '',
    'ICHAIN = 0',
    `IMAGES = ${images}`,
    `SPRING = ${SPRING_EV_PER_ANGSTROM2}`,
    'LCLIMB = .TRUE.',
    `EFIRST = ${firstFreeEnergyEv.toFixed(8)}`,
    `ELAST  = ${lastFreeEnergyEv.toFixed(8)}`,
  ];
}
