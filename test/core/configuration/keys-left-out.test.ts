import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import { questionsAbout } from '../../../core/configuration/changes-to-make.ts';
import { questionsLeftOut, withoutAskedAgain } from '../../../core/configuration/keys-left-out.ts';

type Asked = { request: CommandRequest; outcome: CommandOutcome };

/** A charger that answers so many settings of a message, and may say the limit; `has` says which settings it has. */
type Charger = {
  readonly most: number;
  readonly says: string | undefined;
  readonly namesUnknown: boolean;
  readonly has: (key: string) => boolean;
};

const limitKey = 'GetConfigurationMaxKeys';

const answerOf = ({ most, says, namesUnknown, has }: Charger, keys: readonly string[]) => {
  const read = keys.slice(0, most);
  const isKnown = (key: string): boolean => (key === limitKey ? says !== undefined : has(key));
  return {
    kind: 'accepted',
    data: {
      kind: 'configuration',
      keys: read
        .filter(isKnown)
        .map((key) => ({ key: key.toUpperCase(), value: key === limitKey ? (says ?? '') : 'x' })),
      unknownKeys: namesUnknown ? read.filter((key) => !isKnown(key)) : [],
    },
  } as CommandOutcome;
};

/** Asks until there is nothing more to ask; gives all questions with their answers, and how often it was asked. */
function interview(charger: Charger, settings: readonly string[]) {
  const desired = settings.map((key) => ({ key, value: '1', by: 'operator', reason: '' }) as never);
  const asked: Asked[] = [];
  let questions = questionsAbout('ocpp1.6', desired, 2);
  let rounds = 0;
  while (questions.length > 0) {
    rounds += 1;
    expect(rounds).toBeLessThan(60);
    for (const request of questions) {
      asked.push({ request, outcome: answerOf(charger, request.keys ?? []) });
    }
    questions = questionsLeftOut('ocpp1.6', asked);
  }
  const said = new Set(
    asked.flatMap(({ outcome }) =>
      outcome.kind === 'accepted' && outcome.data?.kind === 'configuration'
        ? [...outcome.data.keys.map(({ key }) => key), ...outcome.data.unknownKeys]
        : [],
    ),
  );
  return { said: new Set([...said].map((key) => key.toLowerCase())), rounds, asked };
}

const settings = Array.from({ length: 30 }, (_, n) => `Setting${n}`);

describe('the settings that a charger left out', () => {
  it.each([1, 2, 3, 7, 19, 20])(
    'one that answers %i of the settings of a message has said all of them in the end, whether it names that limit or not',
    (most) => {
      for (const says of [String(most), undefined, 'none', '0']) {
        const charger = { most, says, namesUnknown: true, has: () => true };
        const { said } = interview(charger, settings);
        expect(settings.filter((key) => !said.has(key.toLowerCase()))).toEqual([]);
      }
    },
  );

  it('one that answers everything at once is asked once', () => {
    const charger = { most: 20, says: '50', namesUnknown: true, has: () => true };
    expect(interview(charger, settings).rounds).toBe(1);
  });

  it('one that says nothing of the settings that it lacks is asked for them once more, and no more', () => {
    const charger = {
      most: 20,
      says: '20',
      namesUnknown: false,
      has: (key: string) => /[02468]$/.test(key),
    };
    const { said, rounds } = interview(charger, settings);
    expect(rounds).toBe(2);
    expect(said.has('setting4')).toBe(true);
  });

  it('one that answers nothing of what it was asked is not asked again', () => {
    const charger = { most: 0, says: undefined, namesUnknown: false, has: () => true };
    expect(interview(charger, settings).rounds).toBe(1);
  });

  it('a question that nobody answered stands where part of it alone was asked again, and not where all of it was', () => {
    const ask = (keys: readonly string[], state: 'timed-out' | 'accepted') => ({
      request: { type: 'get-configuration', keys } as const,
      state,
    });
    const whole = ask(['A', 'B', 'C'], 'timed-out');
    const parts = [ask(['A', 'B'], 'accepted'), ask(['C'], 'timed-out')];
    expect(withoutAskedAgain([whole, ...parts.slice(0, 1)])).toContain(whole);
    expect(withoutAskedAgain([whole, ...parts])).toEqual(parts);
  });

  it('whatever a charger answers, it is asked for a setting in ever smaller messages only, and not for ever', () => {
    const chargers = fc.record({
      most: fc.integer({ min: 0, max: 25 }),
      says: fc.constantFrom(undefined, '0', '1', '4', '20', '1000', '-1', 'x', ''),
      namesUnknown: fc.boolean(),
      odd: fc.boolean(),
    });
    const law = ({ odd, ...rest }: Omit<Charger, 'has'> & { readonly odd: boolean }): void => {
      const { asked } = interview(
        { ...rest, has: (key) => !odd || /[13579]$/.test(key) },
        settings,
      );
      const sizes = new Map<string, number>();
      for (const { request } of asked) {
        const { keys = [] } = request as { readonly keys?: readonly string[] };
        for (const key of keys) {
          expect(keys.length).toBeLessThan(sizes.get(key) ?? Number.POSITIVE_INFINITY);
          sizes.set(key, keys.length);
        }
      }
    };
    fc.assert(fc.property(chargers, law), { numRuns: 50 });
  });
});
