import { tooLong } from '../../../core/ocpi/codec/too-long.ts';
import type { OcpiOutcome } from '../../../core/ocpi/envelope/outcome.ts';
import { hubOf } from '../../../core/ocpi/hub/hub-of.ts';
import type { PartnerToken } from '../../../core/ocpi/model/token.ts';
import type { Partner } from '../../../core/ocpi/partner/partner.ts';
import { writeRoamingToken } from '../../store/partners/partner-tokens.ts';
import type { Database } from '../../store/table/client.ts';
import { despiteOthers } from './receiving.ts';

/** Keeps a token of a partner's driver, unless the operator or another party has it; one that is older than what is kept arrived late. `now` is ISO 8601 in UTC. */
export async function receiveToken(
  database: Database,
  { operatorId, partnerId, registration }: Partner,
  token: PartnerToken,
  now: string,
): Promise<OcpiOutcome> {
  const problems = tooLong(token, '');
  if (problems.length > 0) return { kind: 'invalid', problems };
  const isThroughHub = registration !== undefined && hubOf(registration) !== undefined;
  const pushed = { partnerId, token, isThroughHub };
  return await despiteOthers(async () => {
    const written = await writeRoamingToken(database, operatorId, pushed, now);
    switch (written) {
      case 'changed':
        return written;
      case 'taken':
        return {
          kind: 'invalid',
          problems: [{ path: 'uid', message: 'Another party has this token.' }],
        };
      case 'another-type':
        return {
          kind: 'invalid',
          problems: [{ path: 'uid', message: 'A valid token of another type has this uid.' }],
        };
      case 'created':
        return { kind: written };
      case 'replaced':
      case 'older':
        return { kind: 'ok' };
      default:
        return written satisfies never;
    }
  });
}
