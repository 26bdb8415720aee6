import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

type Query = Record<string, { value: string }>;
type Answer = { uri?: string; querystring?: Query; statusCode?: number };

const code = readFileSync(new URL('../../lib/charger-path.js', import.meta.url), 'utf8');
const handler: (event: unknown) => Answer = runInNewContext(`${code}\nhandler`);

describe('the path of a charger', () => {
  it.each([
    ['/ocpp/CP-1', 'chargerId', 'CP-1'],
    ['/ocpp/CP-1/', 'chargerId', 'CP-1'],
    ['/ocpp//CP-1', 'chargerId', 'CP-1'],
    ['/ocpp/DE%2AABC%2F7', 'chargerId', 'DE*ABC%2F7'],
    ['/ocpp/a+b', 'chargerId', 'a%2Bb'],
    ['/ocpp/a&chargerId=b', 'chargerId', 'a%26chargerId%3Db'],
    ['/cp/t0ken', 'connectionToken', 't0ken'],
    ['/cp/t0ken/CP-1', 'connectionToken', 't0ken'],
    ['/cp/t0ken/any/path/behind', 'connectionToken', 't0ken'],
  ])('%s says %s %s', (uri, name, value) => {
    const answer = handle(uri);

    expect(answer.uri).toBe('/');
    expect(Object.entries(answer.querystring ?? {})).toEqual([[name, { value }]]);
  });

  it.each([
    '/',
    '',
    '/ocpp',
    '/ocpp/',
    '/ocpp/a/b/c',
    '/ocpp/a/%',
    '/ocpp/%/a',
    '/cp',
    '/OCPP/a',
    '/a',
    '/ocpp/%',
    '/cp/%E0%A4',
  ])('%s is nobody: 404', (uri) => {
    expect(handle(uri).statusCode).toBe(404);
  });

  it.each([
    ['/ocpp/stadtwerke/CP-1', 'CP-1'],
    ['//ocpp//stadtwerke//CP-1//', 'CP-1'],
    ['/ocpp/stadtwerke/DE%2AABC%2F7', 'DE*ABC%2F7'],
    ['/ocpp/stadtwerke/a+b', 'a%2Bb'],
  ])('%s says whose charger it is, and that it is %s', (uri, chargerId) => {
    const { uri: origin, querystring } = handle(uri);

    expect(origin).toBe('/');
    expect(querystring).toEqual({
      operatorSlug: { value: 'stadtwerke' },
      chargerId: { value: chargerId },
    });
  });

  it('is the only source of identity: a query that the charger sends is dropped', () => {
    const answer = handle('/ocpp/mine', { connectionToken: { value: 'other' } });

    expect(Object.keys(answer.querystring ?? {})).toEqual(['chargerId']);
  });

  it('carries any identity unharmed, however it is encoded', () => {
    const identity = fc.string({ unit: 'grapheme', minLength: 1 });

    fc.assert(
      fc.property(identity, (id) => {
        const { chargerId } = handle(`/ocpp/${encodeURIComponent(id)}`).querystring ?? {};

        expect(decodeURIComponent(chargerId?.value ?? '')).toBe(id);
      }),
    );
  });

  it('never breaks, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => handle(`/${text}`)).not.toThrow();
      }),
    );
  });
});

function handle(uri: string, querystring: Query = {}): Answer {
  const request = { method: 'GET', uri, querystring, headers: {}, cookies: {} };
  return handler({ version: '1.0', context: {}, viewer: { ip: '192.0.2.1' }, request });
}
