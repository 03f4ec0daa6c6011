/** One item of a protocol held against one calculation. */
export interface ProtocolCheck {
  readonly item: string;
  readonly expected: string;
  /** Absent when the files do not tell. */
  readonly found: string | undefined;
  readonly passes: boolean;
}

export function withUnit(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${value} ${unit}`;
}
