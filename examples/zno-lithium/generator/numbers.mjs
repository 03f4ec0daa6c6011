// Every physical number of the example, in three groups: published, taken from reference tables, invented.
//
// The binding energies are the published ones. What the paper does not give is invented so that no check fails for a
// reason of its own; README.md says which is which. Energies are eV, lengths Å.

/** H. Shen et al., Nature Communications (2025): binding energy of an isolated Li atom, positive = bound. */
export const BINDING_ENERGY_EV = { '002': 3.4, '020': 1.61, 202: 4.32 };

/** Reeber 1970 (ZnO, with u = 0.382) and Nadler & Kempter 1959 (Li, 3.509 rounded). */
export const LATTICE_ANGSTROM = { znoA: 3.2495, znoC: 5.2069, znoU: 0.382, li: 3.51 };

/** E(Li atom) − E(bcc Li) = 1.6085 eV; the experimental cohesive energy is 1.63 eV (Kittel). */
export const LI_ATOM_EV = -0.2971;
export const LI_METAL_EV_PER_ATOM = -1.9056;

/** Invented: about what PBE gives (−9.05 eV) with the dispersion below; it cancels in every result. */
export const ZNO_EV_PER_FORMULA = -9.41;

/** Invented: dispersion energies, contained in the energies above. */
export const DISPERSION_EV = { znoPerFormula: -0.36, liOnSurface: -0.14, liMetalPerAtom: -0.21, liAtom: -0.00026 };

/** Invented: E0 − F = −EENTRO/2 at σ = 0.05 eV, per cell. */
export const ENTROPY_EV = { bulk: 0, slab: -0.0008, adsorbed: -0.0036, liMetalPerAtom: -0.0006, liAtom: 0 };

/** Invented: energy to cleave the crystal, both new surfaces together, relaxed, J/m². */
export const CLEAVAGE_J_PER_M2 = { '002': 3.2, '020': 2.3, 202: 3.7 };

/**
 * Invented: forward barriers (the paper has no numbers for these facets), and how much higher the end of the path lies
 * than its start: the same site in truth, apart by what two relaxations usually differ.
 */
export const PATHS = {
  '002': { barrierEv: 0.12, reactionEv: 0.0004, imagesBetween: 3 },
  '020': { barrierEv: 0.35, reactionEv: 0.0007, imagesBetween: 5 },
};

/** PAW data sets by TITEL; valence electrons. Nothing else of a POTCAR is in the example. */
export const POTCARS = {
  Zn: { title: 'PAW_PBE Zn 06Sep2000', configuration: 'Zn: d10 p2', valence: 12, mass: 65.39 },
  O: { title: 'PAW_PBE O 08Apr2002', configuration: 'O: s2p4', valence: 6, mass: 16 },
  Li: { title: 'PAW_PBE Li_sv 10Sep2004', configuration: 'Li: 1s2s2p', valence: 3, mass: 7.01 },
  H: { title: 'PAW_PBE H 15Jun2001', configuration: 'H: ultrasoft test', valence: 1, mass: 1 },
};

/** 1 eV/Å² in J/m². */
export const J_PER_M2_PER_EV_PER_ANGSTROM2 = 16.02176634;
