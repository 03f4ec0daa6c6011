/**
 * Physical constants and conversion factors, each exactly once.
 *
 * CODATA 2018 (exact SI values where the SI defines them). Adatom's internal units are eV, Å, eV/Å, K and kBar for
 * stresses as VASP prints them; everything else is converted here and nowhere else.
 */

/** 1 eV/Å² in J/m². Rounded factors such as 16.02 shift a surface energy by 1e-4. */
export const JOULE_PER_M2_PER_EV_PER_ANGSTROM2 = 16.02176634;

/** 1 eV in kJ/mol. */
export const KILOJOULE_PER_MOLE_PER_EV = 96.48533212;
