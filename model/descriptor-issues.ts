/**
 * Issue codes of the descriptors beyond adsorption, paths and surface energies (SCIENCE §3.9 to §9 and §12), with their
 * texts; a part of the catalogue like the rest.
 */

export const DESCRIPTOR_ISSUES = {
  // Any formula
  E_INPUT: (d: { input: string; reason: string }) => `${d.input}: ${d.reason}`,
  E_DEFINED: (d: { descriptor: string; reason: string }) => `${d.descriptor}, which the profile defines: ${d.reason}`,
  W_SMALL_N: (d: { n: number; needed: number }) =>
    `${d.n} points carry no statistical weight; at least ${d.needed} are needed`,

  // Adsorption (§2.4)
  W_CHARGED_ADSORBATE: (d: { charge: number }) =>
    `the adsorbate carries a charge of ${d.charge}: the energy of a charged cell depends on its size, and no correction for it is given`,

  // Transport (§3.9, §3.10, §13.12)
  W_TST_INVALID: (d: { barrierEv: number; thermalEv: number; ratio: number }) =>
    `barrier of ${d.barrierEv.toFixed(3)} eV is ${d.ratio.toFixed(2)} kT (kT = ${d.thermalEv.toFixed(4)} eV): below 4 kT transition-state theory gives a formal rate only`,
  E_CARRIER_DENSITY: (_: object) =>
    'a conductivity needs the density of the carriers: a barrier gives how far one of them moves, not how many there are',
  E_DOMAIN_MIXED: (d: { left: string; right: string }) =>
    `a barrier of the domain ${d.right} is not comparable with one of the domain ${d.left}`,
  E_IMAGINARY_MODE: (d: { where: string; count: number; expected: number }) =>
    `${d.where} has ${d.count} imaginary modes instead of ${d.expected}`,
  W_VIBRATIONS_UNUSED: (d: { reason: string }) => `vibrations are there and are not used: ${d.reason}`,

  // Surfaces (§4)
  W_BULK_INCONSISTENT: (d: { slopeEv: number; bulkEv: number }) =>
    `the slope of the slabs, ${d.slopeEv.toFixed(4)} eV per unit, differs from the bulk energy ${d.bulkEv.toFixed(4)} eV by more than 5 meV: a surface energy from that bulk energy would grow with thickness`,
  W_THINNEST_DROPPED: (d: { units: number; deviationEv: number }) =>
    `the thinnest slab (${d.units} units) lies ${(1000 * d.deviationEv).toFixed(1)} meV from the line of the others and is left out`,
  W_POLAR_WULFF: (d: { facet: string }) =>
    `no energy of a single face is known of ${d.facet}: half of the cleavage energy stands for each`,
  E_OPEN_SHAPE: (_: object) =>
    'the facets given do not close a body: add facets, or images of them, in other directions',

  // Lattices and their strain (§5)
  W_VACUUM_IN_BULK: (d: { axis: string; gapAngstrom: number }) =>
    `read as a bulk, though it has ${d.gapAngstrom.toFixed(1)} Å of vacuum along ${d.axis}: only the plane across ${d.axis} is that of its slab or layer`,
  E_LATTICE: (d: { reason: string }) => `no lattice: ${d.reason}`,
  W_NO_COINCIDENCE: (d: { cellAngstrom2: number; maxAreaAngstrom2: number }) =>
    d.cellAngstrom2 > d.maxAreaAngstrom2
      ? `one cell alone, ${d.cellAngstrom2.toFixed(2)} Å², is larger than the largest area of ${Number(d.maxAreaAngstrom2.toFixed(2))} Å²`
      : `no supercells up to ${Number(d.maxAreaAngstrom2.toFixed(2))} Å² agree within the tolerances`,
  W_COINCIDENCE_BOUNDED: (d: { matchCount: number; completeAngstrom2: number; maxAreaAngstrom2: number }) =>
    `the search was ended after ${d.matchCount} pairs of supercells: it has all matches of film supercells up to ${d.completeAngstrom2.toFixed(1)} Å², not up to ${d.maxAreaAngstrom2} Å²`,
  E_NO_COINCIDENCE_STRAIN: (_: object) => 'without a common cell of film and substrate there is no strain to tell',
  I_LATTICE_SOURCE: (d: { of: string }) =>
    `where the lattice constants of the ${d.of} are from is not told: between measured, PBE and PBE-D3 ones a mismatch changes by up to 0.3 %`,
  I_LATTICE_MIXED: (d: { film: string; filmSource: string; substrateSource: string }) =>
    `the lattice of ${d.film} is ${d.filmSource}, that of the substrate ${d.substrateSource}: mixing sources changes a mismatch by up to 0.3 %`,
  W_NONLINEAR_STRAIN: (d: { strainFraction: number }) =>
    `a strain of ${(100 * d.strainFraction).toFixed(1)} % is beyond linear elasticity (5 %)`,

  // Hydrogen evolution (§6)
  W_H_POISONED: (d: { valueEv: number }) =>
    `hydrogen binds at ${d.valueEv.toFixed(2)} eV: below −0.5 eV the surface is covered with it`,
  W_OFFSET_TRANSFER: (d: { offsetEv: number }) =>
    `the correction of ${d.offsetEv.toFixed(2)} eV was calibrated on metals; this surface is none, and its own vibrations are not known`,
  W_NO_DISPERSION: (d: { adsorbate: string }) =>
    `the binding of ${d.adsorbate} is to a large part dispersion, and these energies contain none`,

  // Electronic structure (§7)
  E_LOCPOT_XC: (_: object) =>
    'the LOCPOT holds the exchange-correlation potential too (LVTOT = T): it has no vacuum plateau to compare with',
  W_LOCPOT_UNKNOWN: (d: { version: string }) =>
    `VASP ${d.version} does not say whether its LOCPOT holds the exchange-correlation potential`,
  W_NO_PLATEAU: (d: { side: string; slopeEvPerAngstrom: number }) =>
    `the potential is not flat on the ${d.side} side: ${d.slopeEvPerAngstrom.toFixed(3)} eV/Å over 2 Å, at most 0.01 is a plateau`,
  W_PBE_GAP: (d: { functional: string }) => `${d.functional} underestimates band gaps, often by half`,
  W_BADER_SUM: (d: { sum: number; expected: number }) =>
    `the charges add up to ${d.sum.toFixed(4)} electrons instead of ${d.expected.toFixed(4)}`,
  W_CHARGE_SUM: (d: { sum: number; expected: number }) =>
    `the difference density holds ${d.sum.toFixed(4)} electrons instead of ${d.expected.toFixed(4)}: the parts are not all of the whole`,
  W_BADER_NO_CORE: (_: object) =>
    'the charges were divided without the core charge (AECCAR) as reference: the borders between atoms can be wrong',
  E_DIELECTRIC_METAL: (_: object) => 'a metal screens a static field completely: it has no dielectric constant',
  E_DIELECTRIC_SLAB: (_: object) =>
    'the cell holds vacuum: its dielectric tensor is that of slab and vacuum together and depends on the vacuum',

  // Stability, adhesion, mechanics (§8)
  W_STRAIN_REFERENCE: (d: { part: string; strainFraction: number }) =>
    `${d.part} was calculated at another in-plane strain than in the interface (${(100 * d.strainFraction).toFixed(2)} %): the strain energy is part of the result`,
  E_CONVENTION_MIXED: (_: object) =>
    'of film and substrate alone one was relaxed and the other was not: neither an adhesion of relaxed parts nor a work of separation',
  W_ELASTIC_ASYM: (d: { asymmetryFraction: number }) =>
    `the elastic tensor is asymmetric by ${(100 * d.asymmetryFraction).toFixed(1)} %: its strains were too large or its k-points too few`,
  E_ELASTIC_SLAB: (_: object) => 'elastic moduli per volume have no meaning in a cell with vacuum',
  E_ELASTIC_UNSTABLE: (d: { eigenvalueGpa: number }) =>
    `the elastic tensor has an eigenvalue of ${d.eigenvalueGpa.toFixed(3)} GPa: this structure is mechanically unstable`,
  W_NOT_ON_HULL: (d: { aboveEv: number }) =>
    `lies ${d.aboveEv.toFixed(4)} eV per atom above the convex hull: it decomposes`,
  E_NO_METAL: (d: { metal: string }) =>
    `holds no ${d.metal}: taking it away decomposes nothing, so the window has no upper end`,
  E_NO_PHASES: (d: { needed: string }) => `no phase diagram without ${d.needed}`,
  I_INFORMATIONAL: (d: { reason: string }) => `for information only: ${d.reason}`,

  // Cells (§9)
  W_SAND_PRINTED_FORM: (d: { printed: string }) =>
    `the form printed in the review, ${d.printed}, is no time; the standard form is used`,
  E_SAND_INPUT: (d: { input: string; found: number }) => `${d.input} cannot be ${d.found}`,
  W_BELOW_LIMITING: (d: { limitingMaPerCm2: number }) =>
    `the current is below the limiting one (${d.limitingMaPerCm2.toPrecision(4)} mA/cm²): the salt is never used up, and Sand's time has no meaning`,
  W_NO_LIMITING_CHECK: (_: object) =>
    'without the distance of the electrodes nothing tells whether the current is above the limiting one, where the formula holds',
  W_CE_ABOVE_ONE: (d: { valueFraction: number }) =>
    `an efficiency of ${(100 * d.valueFraction).toFixed(2)} %: more was stripped than plated`,
  W_CUMULATIVE: (d: { publishedMahPerCm2: number; computedMahPerCm2: number }) =>
    `published ${d.publishedMahPerCm2} mAh/cm², J·t/2 gives ${Number(d.computedMahPerCm2.toPrecision(6))} mAh/cm²`,

  // Reference data (§12)
  W_SOURCE_CONFLICT: (d: { reason: string }) => `the source contradicts itself: ${d.reason}`,
} as const;
