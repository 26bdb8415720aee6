import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgeRequest, targetOf } from '../../../runner/cloudfront/edge-event.ts';

const text = fc.string({
  unit: fc.constantFrom('a', 'b', '1', '-', '_', '%20', '+'),
  minLength: 1,
});
const query = fc.array(fc.tuple(text, text), { maxLength: 6 });

test('a CloudFront function that changes nothing leaves path and query as sent, repeated names together', () => {
  void fc.assert(
    fc.property(text, query, (path, pairs) => {
      const uri = `/ocpp/${path}`;
      const sent = pairs.map(([name, value]) => `${name}=${value}`);
      const target = sent.length === 0 ? uri : `${uri}?${sent.join('&')}`;
      const { querystring } = edgeRequest('GET', target, []);
      const left = targetOf(uri, querystring);
      const [leftPath, leftQuery = ''] = left.split('?');
      expect(leftPath).toBe(uri);
      expect(leftQuery.split('&').filter(Boolean).toSorted()).toEqual(sent.toSorted());
    }),
  );
});
