import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

/** Words that the glossary replaced, or that are not English of this field, each with what to write. */
const retired: readonly (readonly [RegExp, string])[] = [
  [/\b(?:is|are|was|were) told\b/i, 'reported, shown or recorded'],
  [/\banew\b/i, 'again'],
  [/\bnone that\b/i, 'not one that'],
  [/\bis none of\b/i, 'is not one of'],
  [/\bby the way\b/i, 'by accident'],
  [/\bhow manyth\b/i, 'ordinal'],
  [/\bstands in for\b/i, 'replaces'],
  [/\bfor company\b/i, 'batched'],
  [/\blive session\b/i, 'running view'],
  [/\blanes?\b/i, 'delivery, or parallel'],
  [/\bgifts?\b/i, 'discount'],
  [/\bmend(?:s|ed|ing)?\b/i, 'repair'],
  [/\bsalvage[sd]?\b/i, 'coerce'],
  [/\bcharge ?box\b/i, 'charger'],
  [/\btenants?\b/i, 'operator'],
  [/\brests? on\b/i, 'depends on'],
  [/(?:\/\*\*|\/\/|^ *\*) What\b/, 'the thing itself'],
];

/** A title that begins with its verb: read without the text around it, it does not say of what it speaks. */
const bareVerb =
  /^ *(?:it|test)(?:\.\w+\(.*\))?\(\s*['"`](?:is|are|was|were|has|have|had|may|can|does|do|gets|gives|keeps|holds|takes|goes|ends|leaves|loses|answers|says|shows|counts|reads|writes|sends|closes|opens|refuses|accepts|seals|bills|returns|makes|stays|comes|names|finds|waits|fails|starts|stops|costs|works|knows|lets|needs|uses|never|cannot|must|will)\s/m;

/** Where people read: documentation, source text and tests, but not the cases as data, which quote chargers. */
const rooms = [
  'bench',
  'bin',
  'build',
  'cli',
  'clients',
  'core',
  'docs',
  'fleet',
  'lambdas',
  'lib',
  'runner',
  'test',
];
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
/** The files that quote retired words. */
const quoting = ['docs/glossary.md', 'test/language.test.ts'];

const textsIn = (room: string): readonly string[] =>
  readdirSync(join(PROJECT, room), { recursive: true, encoding: 'utf8' })
    .map((path) => `${room}/${path}`)
    .filter((path) => /\.(ts|js|md)$/.test(path) && !/\/(generated|golden)\//.test(path));

/** Every retired word in a text, as `path:line: word`. */
const retiredWordsIn = (path: string, text: string): readonly string[] =>
  text.split('\n').flatMap((line, index) =>
    retired.flatMap(([word, better]) => {
      const found = word.exec(line);
      return found === null ? [] : [`${path}:${index + 1}: "${found[0]}", say: ${better}`];
    }),
  );

describe('the language of the project', () => {
  it('documents, source text and tests contain no retired word', () => {
    const files = [...rooms.flatMap(textsIn), ...pages].filter((path) => !quoting.includes(path));
    expect(files.length).toBeGreaterThan(500);

    const found = files.flatMap((path) =>
      retiredWordsIn(path, readFileSync(join(PROJECT, path), 'utf8')),
    );

    expect(found).toEqual([]);
  });

  it('titles of tests are whole sentences', () => {
    const tests = textsIn('test').filter((path) => !quoting.includes(path));
    expect(tests.length).toBeGreaterThan(200);

    const found = tests.filter((path) => bareVerb.test(readFileSync(join(PROJECT, path), 'utf8')));

    expect(found).toEqual([]);
    expect(bareVerb.test("  it('is billed', () => {")).toBe(true);
    expect(bareVerb.test("  it('a session is billed', () => {")).toBe(false);
  });

  it('a retired word is found anywhere in a line', () => {
    expect(retiredWordsIn('a.md', 'fine\nThe price is told twice.')).toHaveLength(1);
    expect(retiredWordsIn('a.ts', '// made anew')).toHaveLength(1);
    expect(retiredWordsIn('a.ts', '// made again')).toEqual([]);
  });
});
