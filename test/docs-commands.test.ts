import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { everyCommand } from '../cli/every-command.ts';
import { findCommand, splitLeadingOptions } from '../cli/find-command.ts';
import manifest from '../package.json' with { type: 'json' };
import { commandsIn, pageText, shellOf } from './commands-of-page.ts';

const docs = fileURLToPath(new URL('../docs', import.meta.url));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'examples/README.md',
  ...readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path}`),
];

/** The words after the name of our command line, of each of its commands on a page. */
const calls = (page: string): readonly (readonly string[])[] =>
  shellOf(page)
    .flatMap(commandsIn)
    .flatMap((words) => {
      const name = words.findIndex(
        (word, n) =>
          word === 'joulegate' && (n === 0 || (words[n - 1] === 'run' && words[n + 1] === '--')),
      );
      return name < 0 ? [] : [words.slice(name + (words[name + 1] === '--' ? 2 : 1))];
    })
    // A usage in brackets is no command line, and `…` stands for what the reader knows.
    .map((words) => words.filter((word) => word !== '…' && !/[[\]]/.test(word)))
    .filter(([first]) => first !== undefined && first !== 'help' && first !== '--json');

/** A sentence about a call that the command line would refuse, or none. */
function refusal(words: readonly string[]): string[] {
  const found = findCommand(everyCommand, splitLeadingOptions(everyCommand, words));
  if (found === undefined) return [`no command: ${words.join(' ')}`];
  try {
    const options = { json: { type: 'boolean' }, ...found.command.options } as const;
    parseArgs({ args: [...found.rest], options, allowPositionals: true });
    return [];
  } catch (error) {
    return [`${words.join(' ')}: ${(error as Error).message}`];
  }
}

describe('the commands of the documentation', () => {
  it('the pages have commands enough that none is missed by accident', () => {
    expect(pages.flatMap(calls).length).toBeGreaterThan(90);
  });

  it.each(pages)(
    '%s has commands of joulegate alone that there are, with options that they take',
    (page) => {
      expect(calls(page).flatMap(refusal)).toEqual([]);
    },
  );

  it.each(pages)('%s has scripts of npm alone that there are', (page) => {
    const scripts = new Set(Object.keys(manifest.scripts));
    const named = [...pageText(page).matchAll(/npm run ([a-z][\w:-]*)/g)].map(
      ([, name = '']) => name,
    );

    expect(named.filter((name) => !scripts.has(name))).toEqual([]);
  });
});

/** Pages that somebody follows on a deployment, where a command without an address is about the local stack. */
const deployed = ['docs/deploy.md', 'docs/upgrading.md', 'docs/runbook.md', 'docs/data.md'];

describe('the commands about a deployment', () => {
  it.each(deployed)('%s says of each command which deployment it is about', (page) => {
    const addresses = ['--url', '--stack', '--stage', '--function', '--export'];
    const withAddress = calls(page).filter((words) => words.length > 1 && !isBare(words));

    expect(withAddress.length).toBeGreaterThan(0);
    expect(withAddress.filter((words) => !words.some((word) => addresses.includes(word)))).toEqual(
      [],
    );
  });

  it.each(deployed)(
    '%s uses no variable of the shell that it has not had its reader set before',
    (page) => {
      const shell = shellOf(page);
      const unset = shell.flatMap((piece, n) => {
        const before = shell.slice(0, n + 1).join('\n');
        return [...piece.matchAll(/\$(?:\{)?([A-Z][A-Z_]+)/g)]
          .map(([, name = '']) => name)
          .filter((name) => !new RegExp(`(\\b${name}=|\\bfor ${name} in)`).test(before));
      });

      expect([...new Set(unset)]).toEqual([]);
    },
  );
});

/** Whether a sentence only names a command, as `failures list`, and gives none of what it takes. */
function isBare(words: readonly string[]): boolean {
  const found = findCommand(everyCommand, splitLeadingOptions(everyCommand, words));
  return found?.rest.length === 0;
}
