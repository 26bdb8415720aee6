import { optional, required, some } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { id } from '../codec/scalars.ts';
import { pairOf } from '../codec/translation.ts';
import { openWord } from '../codec/word.ts';
import type { Endpoint, VersionAddress, VersionDetails } from '../model/credentials.ts';

const endpoint = record<Endpoint>({
  identifier: required('identifier', openWord),
  // Absent in 2.1.1.
  role: optional('role', openWord),
  url: required('url', id(255)),
});

/** Writes and reads one entry of the list of versions, which is the same in every version. */
export const { to: toVersionAddress, from: fromVersionAddress } = pairOf(
  record<VersionAddress>({
    version: required('version', openWord),
    url: required('url', id(255)),
  }),
);

/** Writes and reads the endpoints of a version; without roles in 2.1.1. */
export const { to: toVersionDetails, from: fromVersionDetails } = pairOf(
  record<VersionDetails>({
    version: required('version', openWord),
    endpoints: some('endpoints', endpoint),
  }),
);
