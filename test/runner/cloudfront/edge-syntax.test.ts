import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { edgeSyntaxFaults } from '../../../runner/cloudfront/edge-syntax.ts';

const chargerPath = readFileSync(
  new URL('../../../lib/endpoints/charger-path.js', import.meta.url),
  'utf8',
);

const inHandler = (body: string): string => `function handler(event) {\n${body}\n}`;

describe('the syntax of the runtime cloudfront-js-2.0', () => {
  it('cloudfront-js-2.0 accepts the function that moves a charger from the path into the query', () => {
    expect(edgeSyntaxFaults(chargerPath)).toEqual([]);
  });

  it.each([
    ['catch without a variable', 'try { f(); } catch { g(); }'],
    ['destructuring of an object', 'const { uri } = event.request;'],
    ['destructuring of an array', 'const [first] = event.request.uri.split("/");'],
    ['spread (...)', 'return f(...event.list);'],
    ['spread (...)', 'return [...event.list];'],
    ['spread (...)', 'return { ...event.request };'],
    ['rest in a pattern', 'const [first, ...others] = event.list;'],
    ['for-of', 'for (const one of event.list) { f(one); }'],
    ['optional chaining (?.)', 'return event.request?.uri;'],
    ['nullish coalescing (??)', 'return event.request ?? {};'],
    ['logical assignment (??=)', 'event.request ??= {};'],
    ['logical assignment (||=)', 'event.request ||= {};'],
    ['logical assignment (&&=)', 'event.request &&= {};'],
    ['a class', 'class Path {}'],
    ['a class', 'return new (class {})();'],
    ['a default value', 'function f(a = 1) { return a; }'],
    ['a default value', 'return ((a = 1) => a)();'],
    ['a generator', 'function* all() { return 1; }'],
    ['yield', 'function* all() { yield 1; }'],
    ['an async function inside another or as a value', 'return (async () => 1)();'],
    ['an async function inside another or as a value', 'async function f() { return 1; }'],
    ['a getter or setter', 'return { get uri() { return "/"; } };'],
    ['a getter or setter', 'return { set uri(value) { f(value); } };'],
    ['a computed property name', 'return { [event.name]: 1 };'],
    ['a shorthand property or method', 'const uri = "/"; return { uri };'],
    ['a shorthand property or method', 'return { uri() { return "/"; } };'],
    ['a tagged template', 'return f`a`;'],
    ['import()', 'return import("cloudfront");'],
    ['import.meta or new.target', 'return new.target;'],
    ['a BigInt', 'return 1n;'],
    ['the number 0b11', 'return 0b11;'],
    ['the number 0o17', 'return 0o17;'],
    ['the number 1_000', 'return 1_000;'],
    ['the regular expression /a/u', 'return /a/u.test(event.request.uri);'],
    ['the regular expression /(?<=a)b/', 'return /(?<=a)b/.test(event.request.uri);'],
    ['a character that is not ASCII (…)', 'return "…";'],
    ['a character that is not ASCII (é)', '// é'],
  ])('cloudfront-js-2.0 lacks %s: %s', (name, body) => {
    expect(edgeSyntaxFaults(inHandler(body))).toContain(`line 2: ${name}`);
  });

  it.each([
    ['import', 'import cf from "cloudfront";'],
    ['export', 'export function handler(event) { return event.request; }'],
    ['export', 'export default 1;'],
  ])('cloudfront-js-2.0 lacks modules: %s', (name, code) => {
    expect(edgeSyntaxFaults(code)).toContain(`line 1: ${name}`);
  });

  it.each([
    ['constants', 'const a = 1; let b = a; var c = b;'],
    ['arrow functions', 'return event.list.filter((each) => each !== "");'],
    ['rest parameters', 'function f(...all) { return all; }'],
    ['template literals', `return \`a \${event.name} b\`;`],
    ['powers', 'return 2 ** 8;'],
    ['named groups', 'return /^(?<id>[a-z]+)$/i.exec(event.request.uri);'],
    ['labels', 'outer: for (;;) { break outer; }'],
    ['for-in', 'for (const name in event.request.headers) { f(name); }'],
    ['catch with a variable', 'try { f(); } catch (error) { g(error); } finally { h(); }'],
  ])('cloudfront-js-2.0 has %s', (_, body) => {
    expect(edgeSyntaxFaults(inHandler(body))).toEqual([]);
  });

  it('cloudfront-js-2.0 has top-level async functions, and await in them', () => {
    const code = 'async function handler(event) { return await event.request; }';
    expect(edgeSyntaxFaults(code)).toEqual([]);
  });

  it('cloudfront-js-2.0 is strict: with and octal numbers are errors', () => {
    expect(edgeSyntaxFaults(inHandler('with (event) { f(); }'))).toHaveLength(1);
    expect(edgeSyntaxFaults(inHandler('return 017;'))).toHaveLength(1);
  });

  it('cloudfront-js-2.0 takes at most 10 KB, including comments', () => {
    const of = (bytes: number): string => `// ${'a'.repeat(bytes - 3)}`;
    expect(edgeSyntaxFaults(of(10_240))).toEqual([]);
    expect(edgeSyntaxFaults(of(10_241))).toEqual([
      '10241 bytes, of 10240 that a function may have',
    ]);
  });

  it('all syntax errors of a CloudFront function are reported at once, with their lines', () => {
    const code = inHandler('const { uri } = event.request;\nreturn uri ?? "/";');
    expect(edgeSyntaxFaults(code)).toEqual([
      'line 2: destructuring of an object',
      'line 2: a shorthand property or method',
      'line 3: nullish coalescing (??)',
    ]);
  });
});
