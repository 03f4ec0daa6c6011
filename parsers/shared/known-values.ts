/** Leaves out what is not known: an absent key, never a key without value. */

export type KnownValues<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same object without the keys whose value is undefined. */
export function knownValues<T extends object>(object: T): KnownValues<T> {
  const known: Record<string, unknown> = {};
  // `as`: the keys of an object are those of its type.
  for (const name of Object.keys(object) as (keyof T & string)[]) {
    if (object[name] !== undefined) known[name] = object[name];
  }
  // `as`: exactly the keys with an undefined value, which the type makes optional, are left out.
  return known as KnownValues<T>;
}
