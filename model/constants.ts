/**
 * Physical constants and conversion factors, each exactly once.
 *
 * CODATA 2018 (exact SI values where the SI defines them). Adatom's internal units are eV, Å, eV/Å, K and kBar for
 * stresses as VASP prints them; everything else is converted here and nowhere else.
 */

/** 1 eV/Å² in J/m². Rounded factors such as 16.02 shift a surface energy by 1e-4. */
export const JOULE_PER_M2_PER_EV_PER_ANGSTROM2 = 16.02176634;

/** Boltzmann's constant, eV/K. */
export const BOLTZMANN_EV_PER_KELVIN = 8.617333262e-5;

/** Planck's constant, eV·s. */
export const PLANCK_EV_SECONDS = 4.135667696e-15;

/** Elementary charge, C; also 1 eV in J. */
export const ELEMENTARY_CHARGE_COULOMB = 1.602176634e-19;

/** Faraday's constant, C/mol. */
export const FARADAY_COULOMB_PER_MOLE = 96485.33212;

/** 1 kBar in GPa. */
export const GPA_PER_KBAR = 0.1;

/** Speed of light, cm/s: a wavenumber in cm⁻¹ times it is a frequency in s⁻¹. */
export const SPEED_OF_LIGHT_CM_PER_SECOND = 2.99792458e10;

/** 1 Å in cm. */
export const CENTIMETRE_PER_ANGSTROM = 1e-8;

/** Room temperature, K: the default of everything that depends on one. */
export const ROOM_TEMPERATURE_KELVIN = 298.15;

/** 1 eV in kJ/mol. */
export const KILOJOULE_PER_MOLE_PER_EV = 96.48533212;
