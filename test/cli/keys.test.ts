import { describe, expect, it } from 'vitest';
import { keysRotate } from '../../cli/commands/keys-rotate.ts';
import { apiThatAnswers } from './api-that-answers.ts';

describe('joulegate keys', () => {
  it('keys rotate shows the new secret once, and says until when the old one is valid', async () => {
    const { sent, values } = await apiThatAnswers({ apiKeyId: 'key_1', apiKey: 'jg_live_new' });
    const until = '2030-01-01T00:00:00Z';

    const plain = await keysRotate.run({ positionals: ['key_1'], values });
    await keysRotate.run({
      positionals: ['key_1'],
      values: { ...values, 'previous-until': until },
    });

    expect(plain).toMatchObject({ exitCode: 0, json: { apiKey: 'jg_live_new' } });
    expect(plain.text).toContain('jg_live_new');
    expect(sent.map(({ call }) => call)).toEqual(
      Array.from({ length: 2 }, () => 'POST /api-keys/key_1/rotate'),
    );
    expect(sent.map(({ body }) => JSON.parse(body))).toEqual([{}, { previousValidUntil: until }]);
    await expect(keysRotate.run({ positionals: [], values })).rejects.toThrow('Name an API key');
  });
});
