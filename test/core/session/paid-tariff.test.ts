import { describe, expect, it } from 'vitest';
import { paidTariff, pricesFor } from '../../../core/session/paid-tariff.ts';
import { pricedAs } from '../../../core/session/price-list.ts';
import { startedEvent } from './session-samples.ts';

describe('the tariff that a session is paid by', () => {
  it('a driver pays the tariff of the place, unless a price list has another one for it', () => {
    expect(pricedAs('day', undefined)).toBe('day');
    expect(pricedAs('day', { night: 'roaming' })).toBe('day');
    expect(pricedAs('day', { day: 'roaming' })).toBe('roaming');
    expect(pricedAs('toString', {})).toBe('toString');
  });

  it('a session is paid by its tariff, or by what the price list of its start has for it', () => {
    const { start } = startedEvent({ tariffIds: { day: 'roaming' } });

    expect(paidTariff({ tariffId: 'day' })).toBe('day');
    expect(paidTariff({ start: startedEvent().start, tariffId: 'day' })).toBe('day');
    expect(paidTariff({ start, tariffId: 'day' })).toBe('roaming');
    expect(paidTariff({ start })).toBeUndefined();
  });
});

describe('the part of a price list that a session keeps', () => {
  const prices = { day: 'r1', night: 'r2', fast: 'r3', elsewhere: 'r4' };

  it('a session keeps the prices of all places that it may turn out to be at', () => {
    const connectors = [{ evseId: 1, connectorId: 1, tariffId: 'fast' }];

    expect(pricesFor({ tariffId: 'day' }, prices)).toStrictEqual({ day: 'r1' });
    expect(
      pricesFor({ tariffId: 'day', tariffs: { charger: 'night', connectors } }, prices),
    ).toStrictEqual({ day: 'r1', night: 'r2', fast: 'r3' });
    expect(pricesFor({ tariffs: { connectors } }, prices)).toStrictEqual({ fast: 'r3' });
  });

  it('a session keeps no price list of which nothing matters to it', () => {
    expect(pricesFor({ tariffId: 'other' }, prices)).toBeUndefined();
    expect(pricesFor({}, prices)).toBeUndefined();
    expect(pricesFor({ tariffId: 'day' }, undefined)).toBeUndefined();
  });
});
