/**
 * Shapley values: a change divided among the causes that made it, whatever order they are thought of.
 *
 * A cause's part is what it adds when it joins those before it, on the average of all orders. The mistake avoided here:
 * taking the causes one after the other gives each a part that hangs on the order. Where not every set of causes has a
 * worth, the average is over the orders that pass only through sets that have one.
 * Sources: L. S. Shapley, Contributions to the Theory of Games II, 307 (1953); U. Faigle & W. Kern, Int. J. Game Theory
 * 21, 249 (1992).
 */

/**
 * Parts of `worth(all) − worth(none)`, one per player. A coalition is a set of bits, bit i = player i. Undefined when no
 * order leads from none to all through coalitions with a worth.
 */
export function shapleyParts(players: number, worth: (coalition: number) => number | undefined): number[] | undefined {
  const worths = Array.from({ length: 1 << players }, (_, coalition) => worth(coalition));
  const ways = waysTo(players, worths);
  // The ways from a coalition to all are those from none to its complement, seen from the other end.
  const onwards = waysTo(players, worths.toReversed());
  const all = worths.length - 1;
  const orders = ways[all] ?? 0;
  if (orders === 0) return undefined;
  return Array.from({ length: players }, (_, player) => {
    let sum = 0;
    worths.forEach((without, coalition) => {
      const joined = coalition | (1 << player);
      const within = worths[joined];
      if (joined === coalition || without === undefined || within === undefined) return;
      sum += (ways[coalition] ?? 0) * (onwards[all - joined] ?? 0) * (within - without);
    });
    // Worths that are whole numbers are summed without rounding; + 0 turns −0 into 0.
    return sum / orders + 0;
  });
}

/** In how many orders players can join until each coalition is there, through coalitions with a worth only. */
function waysTo(players: number, worths: readonly (number | undefined)[]): number[] {
  const ways: number[] = [];
  worths.forEach((worth, coalition) => {
    if (worth === undefined) ways.push(0);
    else if (coalition === 0) ways.push(1);
    else {
      let sum = 0;
      for (let player = 0; player < players; player += 1) {
        if ((coalition & (1 << player)) !== 0) sum += ways[coalition - (1 << player)] ?? 0;
      }
      ways.push(sum);
    }
  });
  return ways;
}
