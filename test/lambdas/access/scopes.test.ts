import { describe, expect, it } from 'vitest';
import { allows, scopes } from '../../../lambdas/access/scopes.ts';

describe('the scopes of an API key', () => {
  it('admin allows everything, and each scope allows itself', () => {
    for (const scope of scopes) {
      expect([scope, allows(['admin'], scope), allows([scope], scope)]).toEqual([
        scope,
        true,
        true,
      ]);
      expect(allows([], scope)).toBe(false);
    }
  });

  it('a key that may write sessions may read and push them, and one that may push them may do nothing else', () => {
    const ofSessions = ['sessions:read', 'sessions:write', 'sessions:push'];
    const granted = (scope: string) => ofSessions.filter((one) => allows([scope], one));

    expect(granted('sessions:write')).toEqual(ofSessions);
    expect(granted('sessions:push')).toEqual(['sessions:push']);
    expect(granted('sessions:read')).toEqual(['sessions:read']);
    expect(scopes.filter((one) => allows(['sessions:push'], one))).toEqual(['sessions:push']);
  });
});
