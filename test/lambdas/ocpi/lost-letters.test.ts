import { describe, expect, it } from 'vitest';
import { readOcpiRequest } from '../../../lambdas/ocpi/read-ocpi-request.ts';

const latin1 = Buffer.from('{"name":"Müller"}', 'latin1');

describe('the body of a partner that is not UTF-8', () => {
  it.each([
    ['decoded', latin1.toString('utf8'), false],
    ['in base64', latin1.toString('base64'), true],
  ])(
    'the body of a partner in ISO 8859-1 that comes %s is taken, with a letter lost',
    (_, body, base64) => {
      const read = readOcpiRequest('PUT', {
        routeKey: '$default',
        path: { place: '2.2.1/locations' },
        query: {},
        headers: {},
        body,
        base64,
      });

      expect(read).toMatchObject({ body: { name: 'M\uFFFDller' } });
    },
  );
});
