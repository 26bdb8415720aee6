import { expect, it } from 'vitest';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { limitPerCode } from '../../../core/session/limit-per-code.ts';

it('a session keeps the first eight anomalies of each code, in their order', () => {
  const many = Array.from({ length: 10 }, (_, nth) => [
    anomalyOf('SECOND_STOP', `stop ${nth}`),
    anomalyOf('SECOND_START', `start ${nth}`),
  ]).flat();

  expect(limitPerCode(many)).toEqual(many.slice(0, 16));
  expect(limitPerCode(many.slice(0, 3))).toEqual(many.slice(0, 3));
});
