import { expect, it } from 'vitest';
import { templateOf } from './synthesize.ts';

it('webhooks reach no machine of ours unless the local stack says so', () => {
  expect(templateOf().findParameters('AllowLoopback')).toMatchObject({
    AllowLoopback: { Default: '', AllowedValues: ['', '1'] },
  });
});
