import { escapeHtml } from '../../view/escape-html.ts';

const row = (tag: 'th' | 'td', texts: readonly string[], numbers: number): string => {
  const scope = tag === 'th' ? ' scope="col"' : '';
  const cells = texts.map((text, index) => {
    const isNumber = index >= texts.length - numbers;
    return `<${tag}${scope}${isNumber ? ' class="number"' : ''}>${escapeHtml(text)}</${tag}>`;
  });
  return `<tr>${cells.join('')}</tr>`;
};

/** A table that scrolls by itself, also by keyboard, where it is wider than the page; the last columns are numbers. */
export const pageTable = (
  label: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: number,
): string =>
  `<div class="scroll" role="region" aria-label="${escapeHtml(label)}" tabindex="0"><table><thead>${row('th', head, numbers)}</thead><tbody>${rows
    .map((texts) => row('td', texts, numbers))
    .join('')}</tbody></table></div>`;
