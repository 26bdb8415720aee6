import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainSurvivors } from './explain-survivors.ts';
import { readExplanations } from './read-survivors.ts';
import { rooms } from './rooms.ts';

const change = { file: 'core/units/ratio.ts', original: 'n < 0n', replacement: 'n <= 0n' };
const survivor = { ...change, line: 4 };
const explanation = { ...change, why: 'Nothing is nothing with either sign.' };

describe('explainSurvivors', () => {
  it('explainSurvivors matches a survivor by its text, whatever its line number and line breaks', () => {
    const moved = { ...survivor, line: 40, original: 'n <\n    0n' };
    expect(explainSurvivors([moved], [explanation])).toEqual({ unexplained: [], outdated: [] });
  });

  it('explainSurvivors ignores a reason for another file, text or change', () => {
    const others = [
      { ...explanation, file: 'core/units/rounding.ts' },
      { ...explanation, original: 'd < 0n' },
      { ...explanation, replacement: 'n > 0n' },
    ];
    expect(explainSurvivors([survivor], others)).toEqual({
      unexplained: [survivor],
      outdated: others,
    });
  });

  it('explainSurvivors explains as many survivors as the reason counts and no more', () => {
    const twice = [survivor, { ...survivor, line: 9 }];
    expect(explainSurvivors(twice, [explanation]).unexplained).toEqual([{ ...survivor, line: 9 }]);
    expect(explainSurvivors(twice, [{ ...explanation, count: 2 }])).toEqual({
      unexplained: [],
      outdated: [],
    });
  });

  it('explainSurvivors accepts separate reasons for the same text in several places', () => {
    const other = { ...explanation, why: 'A price is never below nothing.' };
    const twice = [survivor, { ...survivor, line: 9 }];
    expect(explainSurvivors(twice, [explanation, other])).toEqual({
      unexplained: [],
      outdated: [],
    });
  });

  it('explainSurvivors reports a reason as outdated when fewer survive than it counts', () => {
    const counted = { ...explanation, count: 2 };
    expect(explainSurvivors([survivor], [counted])).toEqual({
      unexplained: [],
      outdated: [counted],
    });
    expect(explainSurvivors([], [explanation]).outdated).toEqual([explanation]);
  });
});

describe.each(rooms)('reasons for the survivors in %s', (room) => {
  it('every reason for a survivor names an existing file and occurs once', () => {
    const given = readExplanations(room);
    expect(given.map(({ file }) => file).filter((file) => !existsSync(file))).toEqual([]);
    const reasons = given.map(({ count: _count, ...reason }) => JSON.stringify(reason));
    expect(new Set(reasons).size).toBe(reasons.length);
  });
});
