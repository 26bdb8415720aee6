import { describe, expect, it } from 'vitest';
import { replyToNobody } from '../../cli/doctor/reply-to-nobody.ts';

const heartbeat = '[3,"doctor-2",{"currentTime":"2026-04-14T10:00:00Z"}]';
const said = (...heard: readonly string[]) => replyToNobody({ heardAfter: async () => heard });

describe('the check of replies', () => {
  it('what the stack asks a charger after its boot is no answer to a reply', async () => {
    const asked = '[2,"GetConfiguration.1","GetConfiguration",{"key":["HeartbeatInterval"]}]';
    expect(await said(asked, heartbeat)).toBe('are followed by nothing');
    expect(await said(heartbeat)).toBe('are followed by nothing');
  });

  it.each(['', '[3,"doctor",{}]', '{"message":"Internal server error"}', '[4,"doctor","X","",{}]'])(
    'a reply that is answered with %j is found',
    async (answer) => {
      await expect(said(answer, heartbeat)).rejects.toThrow('but must not be answered');
    },
  );
});
