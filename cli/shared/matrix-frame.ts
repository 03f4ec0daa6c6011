/**
 * Where names and cells of a matrix picture lie: substrates below each other, because names are read across, in columns of
 * a newspaper, and the rest on further pages.
 *
 * The mistake avoided here: a thousand rows scaled into one picture, in which no name can be read.
 */
const CHARACTER_WIDTH = 6.9;
const ROW_HEIGHT = 19;
const NARROWEST_CELL = 46;
/** Of a cell; longer film names stand slanted. */
const WIDEST_CELL = 78;
const LONGEST_NAME = 30;
const ROWS_PER_BLOCK = 60;
const PAGE_WIDTH = 1500;
const MARGIN = 20;
const BLOCK_GAP = 28;
/** Title and legend. */
const HEAD_HEIGHT = 84;
const SLANT_SINE = Math.sin(Math.PI / 4);
const NARROWEST_PAGE = 620;

export interface MatrixBlock {
  /** Of the first cell. */
  readonly left: number;
  /** Substrates by their place in the list. */
  readonly first: number;
  readonly end: number;
}

export interface MatrixPage {
  readonly width: number;
  readonly height: number;
  readonly blocks: readonly MatrixBlock[];
}

export interface MatrixFrame {
  readonly margin: number;
  readonly cellWidth: number;
  readonly rowHeight: number;
  /** Of the first row. */
  readonly top: number;
  readonly isSlanted: boolean;
  readonly pages: readonly MatrixPage[];
}

export function matrixFrame(films: readonly string[], substrates: readonly string[]): MatrixFrame {
  const filmWidth = longest(films);
  const isSlanted = filmWidth + 8 > WIDEST_CELL;
  const cellWidth = isSlanted ? NARROWEST_CELL : Math.max(NARROWEST_CELL, filmWidth + 8);
  const top = Math.ceil(HEAD_HEIGHT + MARGIN + (isSlanted ? (filmWidth + 8) * SLANT_SINE : ROW_HEIGHT));
  const nameWidth = longest(substrates) + 8;
  // The last slanted name leans out of its block.
  const blockWidth = nameWidth + films.length * cellWidth + (isSlanted ? filmWidth * SLANT_SINE - cellWidth / 2 : 0);
  const blocksPerPage = Math.max(1, Math.floor((PAGE_WIDTH - 2 * MARGIN + BLOCK_GAP) / (blockWidth + BLOCK_GAP)));
  const blocks = Array.from({ length: Math.ceil(substrates.length / ROWS_PER_BLOCK) }, (_, at): MatrixBlock => {
    const left = MARGIN + nameWidth + (at % blocksPerPage) * (blockWidth + BLOCK_GAP);
    const first = at * ROWS_PER_BLOCK;
    return { left: Math.round(left), first, end: Math.min(first + ROWS_PER_BLOCK, substrates.length) };
  });
  const pages = Array.from({ length: Math.ceil(blocks.length / blocksPerPage) }, (_, at): MatrixPage => {
    const onPage = blocks.slice(at * blocksPerPage, (at + 1) * blocksPerPage);
    const rows = Math.max(...onPage.map(({ first, end }) => end - first));
    const width = 2 * MARGIN + onPage.length * (blockWidth + BLOCK_GAP) - BLOCK_GAP;
    return {
      width: Math.ceil(Math.max(NARROWEST_PAGE, width)),
      height: top + rows * ROW_HEIGHT + MARGIN,
      blocks: onPage,
    };
  });
  return { margin: MARGIN, cellWidth: Math.round(cellWidth), rowHeight: ROW_HEIGHT, top, isSlanted, pages };
}

/** With its middle left out where it is too long: facet and file name are at its ends. */
export function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= LONGEST_NAME) return name;
  const half = Math.floor((LONGEST_NAME - 1) / 2);
  return `${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}`;
}

function longest(names: readonly string[]): number {
  return CHARACTER_WIDTH * Math.max(...names.map((name) => [...name].length));
}
