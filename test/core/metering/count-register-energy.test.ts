import { describe, expect, it } from 'vitest';
import { countRegisterEnergy } from '../../../core/metering/register/count-register-energy.ts';
import { physicalBound } from '../../../core/metering/register/physical-bound.ts';
import { at, minute, noting, registers, wattHour } from './by-minute.ts';

const wh = (count: number): bigint => BigInt(count) * wattHour;
const bound = physicalBound(11_000);
/** The most that 11 kW can deliver in so many minutes, in mWh. */
const most = (minutes: number): bigint => bound?.(BigInt(minutes) * minute) ?? 0n;

type Judged = {
  readonly judged?: boolean;
  readonly closed?: boolean;
  readonly ended?: boolean;
  readonly moduli?: bigint[];
};

/** The energy by minute that a register shows, and what was noted. */
const walk = (
  points: readonly (readonly [number, bigint])[],
  { judged = true, closed = false, ended = true, moduli = [] }: Judged = {},
) => {
  const { answer, notes } = noting((recordAnomaly) =>
    countRegisterEnergy(
      registers(...points),
      { bound: judged ? bound : undefined, moduli, closed, ended },
      recordAnomaly,
    ),
  );
  const steps = answer.steps.map((step) => [Number((step.at - at(0)) / minute), step.energy]);
  return [steps, notes];
};

const a = wh(1000);

describe('a register', () => {
  it('a register without readings counts no energy', () => {
    expect(walk([])).toEqual([[], []]);
  });

  it('a register may rise by what the charger can deliver and no more', () => {
    expect(
      walk([
        [0, a],
        [15, a + most(15)],
      ]),
    ).toEqual([
      [
        [0, 0n],
        [15, most(15)],
      ],
      [],
    ]);
    expect(
      walk([
        [0, a],
        [15, a + most(15) + 1n],
      ]),
    ).toEqual([
      [
        [0, 0n],
        [15, 0n],
      ],
      [['REG_JUMP', 15]],
    ]);
  });

  it('a register of a charger without registered power may rise by what no charger exceeds', () => {
    expect(
      walk(
        [
          [0, a],
          [60, wh(300_000)],
          [61, wh(999_999)],
        ],
        { judged: false },
      ),
    ).toEqual([
      [
        [0, 0n],
        [60, wh(299_000)],
        [61, wh(299_000)],
      ],
      [['REG_JUMP', 61]],
    ]);
  });

  it('a register may rise from below zero', () => {
    const below = [0, -a] as const;
    expect(walk([below, [1, a]], { judged: false })[0]?.at(-1)).toEqual([1, a + a]);
  });
});

describe('a peak', () => {
  const peak = a + wh(90_000);

  it.each([
    ['back at the register before it', a],
    ['back 10 Wh below it', a - wh(10)],
    ['on by what can be delivered', a + most(30)],
  ])('a peak of a register is ignored when the next reading is %s', (_words, value) => {
    const [steps, notes] = walk([
      [0, a],
      [15, peak],
      [30, value],
    ]);
    expect(notes).toContainEqual(['REG_SPIKE', 15]);
    expect(steps).toEqual([
      [0, 0n],
      [30, value > a ? value - a : 0n],
    ]);
  });

  it.each([
    ['further back', a - wh(10) - 1n],
    ['on by more than can be delivered', a + most(30) + 1n],
  ])('a peak of a register is a jump when the next lower reading is %s', (_words, value) => {
    expect(
      walk([
        [0, a],
        [15, peak],
        [30, value],
      ])[1],
    ).toContainEqual(['REG_JUMP', 15]);
  });

  it('a peak of several readings ends with the first that is lower by more than 10 Wh', () => {
    expect(
      walk([
        [0, a],
        [10, a],
        [15, peak],
        [20, peak - wh(10)],
        [30, a + wh(500)],
      ]),
    ).toEqual([
      [
        [0, 0n],
        [10, 0n],
        [30, wh(500)],
      ],
      [['REG_SPIKE', 15]],
    ]);
    expect(
      walk([
        [0, a],
        [15, a + most(15) + 1n],
        [20, a + most(15) - wh(10)],
        [30, a + most(15)],
      ]),
    ).toEqual([
      [
        [0, 0n],
        [20, most(15) - wh(10)],
        [30, most(15)],
      ],
      [['REG_SPIKE', 15]],
    ]);
  });
});

describe('a register that goes back', () => {
  it('a register that goes back by less than 1 Wh is more precise, by up to 10 Wh it is jitter', () => {
    expect(
      walk([
        [0, a],
        [15, a - 999n],
      ]),
    ).toEqual([
      [
        [0, 0n],
        [15, 0n],
      ],
      [],
    ]);
    expect(
      walk([
        [0, a],
        [15, a - wh(1)],
      ]),
    ).toEqual([
      [
        [0, 0n],
        [15, 0n],
      ],
      [['REG_JITTER', 15]],
    ]);
    expect(
      walk([
        [0, a],
        [15, a - wh(10)],
        [30, a + wh(5)],
      ]),
    ).toEqual([
      [
        [0, 0n],
        [15, 0n],
        [30, wh(5)],
      ],
      [['REG_JITTER', 15]],
    ]);
    expect(
      walk([
        [0, a],
        [15, a - wh(10) - 1n],
      ])[1],
    ).not.toContainEqual(['REG_JITTER', 15]);
  });

  it('a lower register at the stop decides the bill, but never below zero', () => {
    const closed = (rise: bigint) =>
      walk(
        [
          [0, a],
          [15, a + rise],
          [30, a + rise - wh(4)],
        ],
        { closed: true },
      )[0];
    expect(closed(wh(500))).toEqual([
      [0, 0n],
      [15, wh(500)],
      [30, wh(496)],
    ]);
    expect(closed(wh(4))).toEqual([
      [0, 0n],
      [15, wh(4)],
      [30, 0n],
    ]);
    expect(closed(wh(1))).toEqual([
      [0, 0n],
      [15, wh(1)],
      [30, 0n],
    ]);
  });

  it.each([
    ['where it was', a],
    ['10 Wh below', a - wh(10)],
    ['further on by what can be delivered', a + most(30)],
  ])('a register that goes back and recovers at once %s dropped out', (_words, value) => {
    expect(
      walk([
        [0, a],
        [15, 0n],
        [30, value],
      ])[1],
    ).toContainEqual(['REG_DROPOUT', 15]);
  });

  it.each([
    ['below', a - wh(10) - 1n],
    ['further on than can be delivered', a + most(30) + 1n],
  ])('a register that goes back and recovers %s did not drop out', (_words, value) => {
    expect(
      walk([
        [0, a],
        [15, 0n],
        [30, value],
      ])[1],
    ).not.toContainEqual(['REG_DROPOUT', 15]);
  });

  it('a register that goes back for several readings dropped out if it recovers by more than can be delivered', () => {
    const base = most(10);
    const back = (value: bigint) =>
      walk([
        [0, base],
        [10, 0n],
        [20, 0n],
        [30, value],
      ])[1];
    expect(back(base + 1n)).toEqual([['REG_DROPOUT', 10]]);
    expect(back(base)).toEqual([['REG_RESET', 10]]);
  });

  it('a register that goes back for several readings dropped out if no power is registered', () => {
    expect(
      walk(
        [
          [0, a],
          [10, 0n],
          [20, 0n],
          [30, a + wh(1)],
        ],
        { judged: false },
      ),
    ).toEqual([
      [
        [0, 0n],
        [30, wh(1)],
      ],
      [['REG_DROPOUT', 10]],
    ]);
  });

  it('a register that goes back for no known reason is reported and counts nothing', () => {
    expect(
      walk([
        [0, a],
        [15, -1n],
      ]),
    ).toEqual([
      [
        [0, 0n],
        [15, 0n],
      ],
      [['REG_DECREASE', 15]],
    ]);
    expect(
      walk(
        [
          [0, wh(90_000)],
          [15, wh(50_000)],
        ],
        { judged: false },
      ),
    ).toEqual([
      [
        [0, 0n],
        [15, 0n],
      ],
      [['REG_DECREASE', 15]],
    ]);
  });
});

describe('a register that begins again', () => {
  const high = wh(900_000);

  it('a register was reset if it restarts at no more than can be delivered', () => {
    expect(
      walk([
        [0, high],
        [15, 0n],
      ])[1],
    ).toEqual([['REG_RESET', 15]]);
    expect(
      walk([
        [0, high],
        [15, most(15)],
      ]),
    ).toEqual([
      [
        [0, 0n],
        [15, most(15)],
      ],
      [['REG_RESET', 15]],
    ]);
    expect(
      walk([
        [0, high],
        [15, most(15) + 1n],
      ])[1],
    ).toEqual([['REG_DECREASE', 15]]);
  });

  it('a register rolled over if it continues from zero by no more than can be delivered', () => {
    const moduli = [high + wh(500)];
    const over = (value: bigint) =>
      walk(
        [
          [0, high],
          [15, value],
        ],
        { moduli },
      );
    expect(over(wh(100))).toEqual([
      [
        [0, 0n],
        [15, wh(600)],
      ],
      [['REG_ROLLOVER', 15]],
    ]);
    expect(over(most(15) - wh(500))[1]).toEqual([['REG_ROLLOVER', 15]]);
    expect(over(most(15) - wh(500) + 1n)[1]).toEqual([['REG_RESET', 15]]);
    expect(
      walk(
        [
          [0, high],
          [15, 0n],
          [20, wh(1)],
        ],
        { moduli: [high] },
      )[1],
    ).toEqual([['REG_ROLLOVER', 15]]);
    expect(
      walk(
        [
          [0, high],
          [15, 0n],
        ],
        { moduli: [high - 1n] },
      )[1],
    ).toEqual([['REG_RESET', 15]]);
  });
});
