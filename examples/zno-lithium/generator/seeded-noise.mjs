// Scatter for forces and stresses that looks like a calculation's rest and is the same on every machine.
//
// Integer arithmetic only, so that no rounding of a processor shows: an FNV-1a hash of a text seeds the mulberry32
// generator.

/** Numbers evenly spread over [−1, 1). @type {(key: string) => () => number} */
export function seededNoise(key) {
  let state = 0x811c9dc5;
  for (const character of key) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}
