import { readFileSync } from 'node:fs';

/** The text of a page of the documentation, by its path in the repository. */
export const pageText = (page: string): string =>
  readFileSync(new URL(`../${page}`, import.meta.url), 'utf8');

/** The shell that a page would have its reader type: its blocks of shell, and its code within sentences. */
export function shellOf(page: string): readonly string[] {
  const text = pageText(page);
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  const sentences = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  const spans = [...sentences.matchAll(/`([^`]+)`/g)].map(([, span = '']) =>
    span.replaceAll(/\s*\n\s*/g, ' '),
  );
  return [...blocks, ...spans];
}

const parts =
  /'[^']*'|"(?:\\.|[^"\\])*"|\$\([^()]*\)|\\\n|#.*|&&|\|\||[|;()\n]|\s+|(?:\\.|[^\s'"|;()\\])+/g;

/** The simple commands of a piece of shell, each as its words without quotes; those within `$( )` are commands too. */
export function commandsIn(shell: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  // Whether the next part goes on with the word before it, as in `name='a value'`.
  let isOpen = false;
  for (const [part] of shell.matchAll(parts)) {
    if (/^(&&|\|\||[|;()\n])$/.test(part)) commands.push([]);
    const isWord: boolean = !ends.test(part) && (isOpen || !part.startsWith('#'));
    if (isWord) addWord(commands.at(-1) ?? [], part, isOpen);
    isOpen = isWord;
  }
  const inner = [...shell.matchAll(/\$\(([^()]*)\)/g)].flatMap(([, text = '']) => commandsIn(text));
  return [...commands.filter((words) => words.length > 0), ...inner];
}

const ends = /^(&&|\|\||[|;()\n]|\\\n|\s+)$/;

function addWord(words: string[], part: string, isOpen: boolean): void {
  const word = /^['"]/.test(part) ? part.slice(1, -1) : part;
  words.push(isOpen ? `${words.pop() ?? ''}${word}` : word);
}
