/**
 * A colour for a number from 0 to 1: viridis (S. van der Walt and N. Smith, matplotlib, CC0), whose lightness grows
 * evenly, so that it reads the same in grey and for eyes that see fewer colours.
 */

/** At equal steps. */
const VIRIDIS = [
  [0x44, 0x01, 0x54],
  [0x47, 0x2d, 0x7b],
  [0x3b, 0x52, 0x8b],
  [0x2c, 0x72, 0x8e],
  [0x21, 0x91, 0x8c],
  [0x28, 0xae, 0x80],
  [0x5e, 0xc9, 0x62],
  [0xad, 0xdc, 0x30],
  [0xfd, 0xe7, 0x25],
] as const;

export interface RampColour {
  readonly fill: string;
  /** Black or white, whichever is easier to read on it. */
  readonly ink: string;
}

/** 0 is dark, 1 light; what is beyond has the colour of the end. */
export function rampColour(share: number): RampColour {
  const place = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const at = Math.min(VIRIDIS.length - 2, Math.floor(place));
  const [low, high] = [VIRIDIS[at], VIRIDIS[at + 1]];
  if (low === undefined || high === undefined) throw new Error('a ramp without colours');
  const channels = low.map((from, channel) => Math.round(from + (place - at) * ((high[channel] ?? from) - from)));
  const fill = `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  return { fill, ink: luminance(channels) < SAME_CONTRAST ? '#ffffff' : '#000000' };
}

/** Of WCAG 2: where (1 + 0.05)/(L + 0.05) = (L + 0.05)/0.05. */
const SAME_CONTRAST = 0.179;

function luminance(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
