import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadEdgeFunction } from '../../../runner/cloudfront/edge-function.ts';

type Query = Record<string, { value: string }>;
type Answer = { uri?: string; querystring?: Query; statusCode?: number };

const code = readFileSync(
  new URL('../../../lib/endpoints/charger-path.js', import.meta.url),
  'utf8',
);
const edgeFunction = loadEdgeFunction(code, 'lib/endpoints/charger-path.js');

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
  ])('the path %s names %s %s', async (uri, name, value) => {
    const answer = await handle(uri);

    expect(answer.uri).toBe('/');
    expect(answer.querystring).toEqual({
      [name]: { value },
      viewerAddress: { value: '192.0.2.1' },
    });
  });

  it('the certificate that CloudFront was shown goes with the charger, and nothing where it was shown none', async () => {
    const shown = {
      'cloudfront-viewer-cert-sha256': { value: 'ab12' },
      'cloudfront-viewer-cert-subject': { value: 'CN=CP-1,O=Städtische Werke & Co' },
      'cloudfront-viewer-cert-issuer': { value: 'CN=Joulegate chargers prod' },
    };
    const withHeaders = async (present: string) =>
      (
        await handle('/ocpp/CP-1', {}, '192.0.2.1', {
          'cloudfront-viewer-cert-present': { value: present },
          ...shown,
        })
      ).querystring;

    expect(await withHeaders('1')).toEqual({
      chargerId: { value: 'CP-1' },
      viewerAddress: { value: '192.0.2.1' },
      certificateSha256: { value: 'ab12' },
      certificateSubject: { value: 'CN%3DCP-1%2CO%3DSt%C3%A4dtische%20Werke%20%26%20Co' },
      certificateIssuer: { value: 'CN%3DJoulegate%20chargers%20prod' },
    });
    expect(Object.keys((await withHeaders('0')) ?? {})).toEqual(['chargerId', 'viewerAddress']);
  });

  it.each([
    '/',
    '',
    '/ocpp',
    '/ocpp/',
    '/ocpp/a/%',
    '/ocpp/%/a',
    '/cp',
    '/OCPP/a',
    '/a',
    '/ocpp/%',
    '/cp/%E0%A4',
  ])('the path %s names no charger: 404', async (uri) => {
    expect((await handle(uri)).statusCode).toBe(404);
  });

  it.each([
    ['/ocpp/stadtwerke/CP-1', 'CP-1'],
    ['/ocpp/stadtwerke/CP-1/CP-1', 'CP-1'],
    ['/ocpp/stadtwerke/CP-1/any/path/behind', 'CP-1'],
    ['//ocpp//stadtwerke//CP-1//', 'CP-1'],
    ['/ocpp/stadtwerke/DE%2AABC%2F7', 'DE*ABC%2F7'],
    ['/ocpp/stadtwerke/a+b', 'a%2Bb'],
  ])('the path %s names the operator and the charger %s', async (uri, chargerId) => {
    const { uri: origin, querystring } = await handle(uri);

    expect(origin).toBe('/');
    expect(querystring).toMatchObject({
      operatorSlug: { value: 'stadtwerke' },
      chargerId: { value: chargerId },
    });
  });

  it('the path is the only source of identity: a query that the charger sends is dropped', async () => {
    const answer = await handle('/ocpp/mine', {
      connectionToken: { value: 'other' },
      viewerAddress: { value: '198.51.100.7' },
    });

    expect(answer.querystring).toEqual({
      chargerId: { value: 'mine' },
      viewerAddress: { value: '192.0.2.1' },
    });
  });

  it('any identity survives the path, however it is encoded', async () => {
    const identity = fc.string({ unit: 'grapheme', minLength: 1 });

    await fc.assert(
      fc.asyncProperty(identity, async (id) => {
        const answer = await handle(`/ocpp/${encodeURIComponent(id)}`);

        expect(decodeURIComponent(answer.querystring?.['chargerId']?.value ?? '')).toBe(id);
      }),
    );
  });

  it('no path makes the CloudFront function fail', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const answer = await handle(`/${text}`);

        expect(answer.uri === '/' || answer.statusCode === 404).toBe(true);
      }),
    );
  });

  it("the charger's address may be IPv6", async () => {
    const { querystring } = await handle('/ocpp/mine', {}, '2001:db8::7');

    expect(querystring?.['viewerAddress']).toEqual({ value: '2001%3Adb8%3A%3A7' });
  });
});

/** The answer of the function as CloudFront runs it; a failure, which would be a 503 there, throws. */
async function handle(
  uri: string,
  querystring: Query = {},
  viewerIp = '192.0.2.1',
  headers: Query = {},
) {
  const request = { method: 'GET', uri, querystring, headers, cookies: {} };
  const surroundings = { distributionDomainName: '', distributionId: '', requestId: '', viewerIp };
  const result = await edgeFunction(request, surroundings);
  switch (result.kind) {
    case 'request':
      return result.request as Answer;
    case 'response':
      return result.response as Answer;
    case 'failed':
      throw new Error(result.reason);
    default:
      return result satisfies never;
  }
}
