import { type Member, required } from '../codec/member.ts';
import { id } from '../codec/scalars.ts';
import type { CdrToken } from '../model/shared.ts';

const authId = required('auth_id', id(36));

/** The driver of a session or CDR in 2.1.1: a contract id, from which the token is looked up. */
export const tokenByAuthId: Member<CdrToken, unknown> = {
  names: authId.names,
  read: (parent, context) => {
    const contractId = authId.read(parent, context);
    if (contractId === undefined) return undefined;
    const { countryCode, partyId } = context.emsp ?? context.owner;
    return (
      context.tokenOf?.(contractId) ?? {
        countryCode,
        partyId,
        uid: contractId,
        type: 'OTHER',
        contractId,
      }
    );
  },
  write: ({ contractId }, into, context) => authId.write(contractId, into, context),
};
