import type { Partner } from '../../core/ocpi/partner/partner.ts';
import { playsRole } from '../../core/ocpi/partner/plays-role.ts';
import { pushEndpoint } from '../../core/ocpi/partner/push-endpoint.ts';
import { type PushedModule, roleOfPushed } from '../../core/ocpi/push/pushed-modules.ts';
import type { SendOutbound } from '../outbound/send-outbound.ts';
import { listPartners } from '../store/partners/partners.ts';
import type { Database } from '../store/table/client.ts';

type Way = { readonly push: SendOutbound };

/** An object that partners may have to get, and whether it changed. */
export type Shown = {
  readonly module: PushedModule;
  readonly objectId: string;
  readonly change: 'published' | 'unchanged' | 'not-shown';
};

type Object = Pick<Shown, 'module' | 'objectId'>;

/** Has objects pushed to those of some partners that take them; the others read them when they want. */
export async function pushTo(
  { push }: Way,
  partners: readonly Partner[],
  objects: readonly Object[],
): Promise<void> {
  const messages = partners.flatMap((partner) => {
    const { operatorId, partnerId, registration } = partner;
    if (registration === undefined) return [];
    return objects
      .filter(({ module }) => playsRole(partner, roleOfPushed(module)))
      .filter(({ module }) => pushEndpoint(registration, module) !== undefined)
      .map(({ module, objectId }) => ({
        kind: 'push' as const,
        operatorId,
        partnerId,
        module,
        objectId,
        waitSeconds: 0,
      }));
  });
  if (messages.length > 0) await push(messages);
}

/** Reads all partners of an operator. */
export async function partnersOf(
  database: Database,
  operatorId: string,
): Promise<readonly Partner[]> {
  const partners: Partner[] = [];
  let after: string | undefined;
  do {
    const page = await listPartners(database, operatorId, { limit: 100, after });
    partners.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return partners;
}
