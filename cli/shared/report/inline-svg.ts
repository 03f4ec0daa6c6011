import type { Markup } from '../markup.ts';

/** In a page the parser knows svg; without the address of the name space the page holds no address at all. */
export function inlineSvg(svg: string): Markup {
  return { markup: svg.replace(' xmlns="http://www.w3.org/2000/svg"', '') };
}
