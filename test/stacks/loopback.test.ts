import { expect, it } from 'vitest';
import { makeApp, wholeTemplate } from './synthesize.ts';

it('webhooks reach no machine of ours unless the local stack says so', () => {
  expect(wholeTemplate(makeApp()).findParameters('AllowLoopback')).toMatchObject({
    AllowLoopback: { Default: '', AllowedValues: ['', '1'] },
  });
});
