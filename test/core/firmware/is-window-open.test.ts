import { describe, expect, it } from 'vitest';
import { isWindowOpen } from '../../../core/firmware/is-window-open.ts';

const at = (text: string): number => Date.parse(text);

describe('the hours of a firmware campaign', () => {
  it('the hours are those of the clock on the wall, also across midnight, and all where none are named', () => {
    const night = { from: '22:30', to: '05:00', timeZone: 'Europe/Berlin' };
    const morning = { from: '02:00', to: '05:00', timeZone: 'Europe/Berlin' };

    expect(isWindowOpen(undefined, 0)).toBe(true);
    // 22:15, 22:45, 04:59 and 05:00 in Berlin, in winter.
    expect(
      ['21:15', '21:45', '03:59', '04:00'].map((time) =>
        isWindowOpen(night, at(`2026-01-10T${time}Z`)),
      ),
    ).toEqual([false, true, true, false]);
    // The same of UTC in summer is an hour later.
    expect(isWindowOpen(morning, at('2026-07-10T00:30Z'))).toBe(true);
    expect(isWindowOpen(morning, at('2026-01-10T00:30Z'))).toBe(false);
  });
});
