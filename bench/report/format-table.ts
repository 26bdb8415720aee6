/** A table as plain text: columns as wide as their longest cell, the first one flush left, a rule below the head. */
export function formatTable(
  head: readonly string[],
  lines: readonly (readonly string[])[],
  flushRight = false,
): string {
  const all = [head, ...lines];
  const widths = head.map((_, column) =>
    Math.max(...all.map((line) => [...(line[column] ?? '')].length)),
  );
  const write = (line: readonly string[]): string =>
    widths
      .map((width, column) => fill(line[column] ?? '', width, flushRight && column > 0))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [write(head), rule, ...lines.map(write)].join('\n');
}

function fill(cell: string, width: number, right: boolean): string {
  const spaces = ' '.repeat(width - [...cell].length);
  return right ? spaces + cell : cell + spaces;
}
