import { describe, expect, it } from 'vitest';
import { spanOfDays } from '../../../core/analytics/span-of-days.ts';

describe('the spans of days that a month is made of', () => {
  it('every day is in the span that begins last before it, and a month has three', () => {
    const days = Array.from({ length: 366 }, (_, n) =>
      new Date(Date.UTC(2028, 0, 1 + n)).toISOString().slice(0, 10),
    );
    const spans = Map.groupBy(days, spanOfDays);

    expect(spans.size).toBe(36);
    for (const [first, own] of spans) {
      expect(own[0]).toBe(first);
      expect(own.length).toBeLessThanOrEqual(11);
      expect(new Set(own.map((day) => day.slice(0, 7)))).toEqual(new Set([first.slice(0, 7)]));
    }
  });
});
