import { describe, expect, it } from 'vitest';
import {
  fromVersionAddress,
  fromVersionDetails,
  toVersionAddress,
  toVersionDetails,
} from '../../../core/ocpi/common/version-list.ts';

const context = { owner: { countryCode: 'DE', partyId: 'JNA' } };

describe('the lists of versions and endpoints', () => {
  it('a version and its address are written and read alike', () => {
    const address = { version: '2.2.1', url: 'https://example.org/ocpi/2.2.1' };
    expect(toVersionAddress(address, context)).toEqual({
      kind: 'translated',
      object: address,
      losses: [],
    });
    expect(fromVersionAddress({ version: '2.2.1' }, context)).toEqual({
      kind: 'malformed',
      problems: [{ path: 'url', message: 'This is missing.' }],
    });
  });

  it('endpoints of 2.1.1 have no role, those of later versions do, and unknown modules are kept', () => {
    const details = {
      version: '2.2.1',
      endpoints: [
        { identifier: 'locations', role: 'SENDER', url: 'https://example.org/cpo/locations' },
        { identifier: 'credentials', url: 'https://example.org/credentials' },
        { identifier: 'nltnm-custom', role: 'RECEIVER', url: 'https://example.org/custom' },
      ],
    };
    const written = toVersionDetails(details, context);
    expect(written).toMatchObject({ kind: 'translated', object: details, losses: [] });
    expect(fromVersionDetails(details, context)).toEqual({ kind: 'received', value: details });
  });
});
