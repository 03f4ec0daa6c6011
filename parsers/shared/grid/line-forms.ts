/**
 * Whether the lines of a block are written alike: programs print every value of a grid into the same width, so that one
 * line among many with other columns has lost or gained a character, and its values are not what was written.
 *
 * Lines by hand are all different: there nothing can be told.
 */

/** Share of lines that may be odd for the rest to be a rule. */
const ODD_SHARE = 0.01;
/** Blanks that a G-format leaves behind a number without exponent. */
const G_FORMAT_BLANKS = 4;

export class LineForms {
  /** Bytes per value of the first line, and of the first line that differs from it. */
  #first = 0;
  #firstCount = 0;
  #firstAt = 0;
  #other = 0;
  #otherCount = 0;
  #otherAt = 0;
  #restCount = 0;

  /** `lines` lines of that many bytes (without their ends) and values, the first of them at `at`. */
  add(bytes: number, values: number, at: number, lines = 1): void {
    const width = bytes / values;
    if (this.#firstCount === 0) {
      this.#first = width;
      this.#firstAt = at;
    }
    if (width === this.#first) this.#firstCount += lines;
    else if (this.#otherCount === 0 || width === this.#other) {
      if (this.#otherCount === 0) this.#otherAt = at;
      this.#other = width;
      this.#otherCount += lines;
    } else this.#restCount += lines;
  }

  /** Start of the first odd line; undefined when there is none or no rule. */
  oddLine(): number | undefined {
    const total = this.#firstCount + this.#otherCount + this.#restCount;
    const allowed = Math.max(2, total * ODD_SHARE);
    const odd = total - Math.max(this.#firstCount, this.#otherCount);
    if (odd === 0 || odd > allowed || total < 4) return undefined;
    return this.#firstCount >= this.#otherCount ? this.#otherAt : this.#firstAt;
  }

  /** Whether a last line, whose trailing blanks do not count, has other columns than most. */
  isOddEnd(bytes: number, values: number): boolean {
    const isRule = this.#otherCount + this.#restCount <= 2 && this.#firstCount >= 4;
    if (!isRule || values === 0) return false;
    const lack = this.#first * values - bytes;
    return lack < 0 || lack > G_FORMAT_BLANKS;
  }
}
