/** A tree as text, as `tree` draws one: every branch hangs on the one above it. */

export interface Branch {
  readonly text: string;
  readonly children: readonly Branch[];
}

export function branch(text: string, ...children: readonly (readonly Branch[])[]): Branch {
  return { text, children: children.flat() };
}

/** The branch itself stands at the margin. */
export function treeLines(root: Branch): string[] {
  const lines = [root.text];
  hang(root.children, '', lines);
  return lines;
}

function hang(children: readonly Branch[], margin: string, lines: string[]): void {
  for (const [index, { text, children: below }] of children.entries()) {
    const isLast = index === children.length - 1;
    lines.push(`${margin}${isLast ? '└─ ' : '├─ '}${text}`);
    hang(below, `${margin}${isLast ? '   ' : '│  '}`, lines);
  }
}

/** The first ones, and how many more there are: all of them stand in the JSON. */
export function firstOf<T>(all: readonly T[], most: number, tell: (one: T) => Branch): Branch[] {
  const shown = all.length <= most + 1 ? all : all.slice(0, most);
  const rest = all.length - shown.length;
  return [...shown.map(tell), ...(rest > 0 ? [branch(`… and ${rest} more`)] : [])];
}
