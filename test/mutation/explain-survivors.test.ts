import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { explainSurvivors } from './explain-survivors.ts';
import { readExplanations } from './read-survivors.ts';
import { rooms } from './rooms.ts';

const change = { file: 'core/units/ratio.ts', original: 'n < 0n', replacement: 'n <= 0n' };
const survivor = { ...change, line: 4 };
const explanation = { ...change, why: 'Nothing is nothing with either sign.' };

describe('what no test notices', () => {
  it('is explained by its text, wherever the line has moved to and however it is broken', () => {
    const moved = { ...survivor, line: 40, original: 'n <\n    0n' };
    expect(explainSurvivors([moved], [explanation])).toEqual({ unexplained: [], outdated: [] });
  });

  it('is not explained by a reason for another file, another text or another change', () => {
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

  it('is explained as often as the reason counts, and no oftener', () => {
    const twice = [survivor, { ...survivor, line: 9 }];
    expect(explainSurvivors(twice, [explanation]).unexplained).toEqual([{ ...survivor, line: 9 }]);
    expect(explainSurvivors(twice, [{ ...explanation, count: 2 }])).toEqual({
      unexplained: [],
      outdated: [],
    });
  });

  it('may have a reason of its own in each place that has the same text', () => {
    const other = { ...explanation, why: 'A price is never below nothing.' };
    const twice = [survivor, { ...survivor, line: 9 }];
    expect(explainSurvivors(twice, [explanation, other])).toEqual({
      unexplained: [],
      outdated: [],
    });
  });

  it('outdates a reason once fewer survive than it counts', () => {
    const counted = { ...explanation, count: 2 };
    expect(explainSurvivors([survivor], [counted])).toEqual({
      unexplained: [],
      outdated: [counted],
    });
    expect(explainSurvivors([], [explanation]).outdated).toEqual([explanation]);
  });
});

describe.each(rooms)('the reasons given for %s', (room) => {
  it('are sentences about files that are there, none twice', () => {
    const given = readExplanations(room);
    expect(given.map(({ file }) => file).filter((file) => !existsSync(file))).toEqual([]);
    const reasons = given.map(({ count: _count, ...reason }) => JSON.stringify(reason));
    expect(new Set(reasons).size).toBe(reasons.length);
  });
});
