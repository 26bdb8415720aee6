import { required } from '../codec/member.ts';
import { record } from '../codec/record.ts';
import { pairOf } from '../codec/translation.ts';
import { openWord } from '../codec/word.ts';
import type { AuthorizationInfo, PartnerToken } from '../model/token.ts';
import { authorizationMembers221, locationReferences, tokenMembers221 } from '../v221/token.ts';

/** Token of 2.3.0, whose types may grow. */
export const token230 = record<PartnerToken>({
  ...tokenMembers221,
  type: required('type', openWord),
});

/** Translates a token into 2.3.0 and back. */
export const { to: toToken230, from: fromToken230 } = pairOf(token230);

/** Translates the place that a driver asks about into 2.3.0 and back. */
export const { to: toLocationReferences230, from: fromLocationReferences230 } =
  pairOf(locationReferences);

/** Translates an authorization into 2.3.0 and back. */
export const { to: toAuthorizationInfo230, from: fromAuthorizationInfo230 } = pairOf(
  record<AuthorizationInfo>({
    ...authorizationMembers221,
    token: required('token', token230),
  }),
);
