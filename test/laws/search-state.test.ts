import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { hasSameExamples, searchOf } from './search-state.ts';

describe('the examples of a run of the tests', () => {
  it('every run that does not ask for more has those of the run before', () => {
    expect(hasSameExamples({})).toBe(true);
    expect(hasSameExamples({ JOULEGATE_DYNAMODB: 'dynamodb-local', CI: '1' })).toBe(true);
  });

  it('a search has others, and so has every script that asks tests for more of them', () => {
    expect(hasSameExamples({ JOULEGATE_LAW_TIMES: '100', JOULEGATE_LAW_SECONDS: '30' })).toBe(
      false,
    );
    const asking = Object.values(manifest.scripts).flatMap((script) => [
      ...script.matchAll(/(JOULEGATE_(?:FUZZ|CHAOS)\w*)=/g),
    ]);

    expect(asking.length).toBeGreaterThan(2);
    for (const [, name = ''] of asking) expect(hasSameExamples({ [name]: '5' }), name).toBe(false);
  });

  it('a search goes as far as the environment says', () => {
    expect(searchOf({ JOULEGATE_LAW_TIMES: '7', JOULEGATE_LAW_SECONDS: '2' })).toEqual({
      times: 7,
      milliseconds: 2000,
    });
    expect(searchOf({})).toBeUndefined();
  });
});
