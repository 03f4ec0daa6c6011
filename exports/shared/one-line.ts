/**
 * A calculation id as a comment of one line in printable ASCII, as JSON without its quotes.
 *
 * The mistake avoided here: an id is a path, and a path may hold a line break, which would end the comment and begin
 * the next line of the file.
 */
export function oneLine(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^ -~]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
