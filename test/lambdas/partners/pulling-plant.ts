import type { RequestText } from '../../../lambdas/outbound/request-text.ts';
import { takeMessage } from '../../../lambdas/partners/take-message.ts';
import type { PartnerMessage } from '../../../lambdas/roaming/partner-message.ts';
import type { RoamingServices } from '../../../lambdas/roaming/roaming-services.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import type { Golden } from '../ocpi/golden-document.ts';
import type { TestOperator } from '../plant.ts';

/** A partner of an operator that is pulled from. */
export type PulledPartner = {
  readonly operator: TestOperator;
  readonly partnerId: string;
  readonly services: RoamingServices;
};

const base = 'https://partner.example';

/** The lists of a partner by module, shown in pages of two, in the order of creation and by date. */
export function partnerWith(lists: Readonly<Record<string, Golden[]>>) {
  const asked: string[] = [];
  let failures = 0;
  const request: RequestText = async ({ url }) => {
    asked.push(url.slice(base.length));
    if (failures > 0) {
      failures -= 1;
      return { kind: 'failed', code: 'ECONNREFUSED' };
    }
    const { pathname, searchParams } = new URL(url);
    const from = searchParams.get('date_from') ?? '';
    const offset = Number(searchParams.get('offset') ?? 0);
    const all = (lists[pathname.split('/').at(-1) ?? ''] ?? []).filter(
      (one) => Date.parse(String(one['last_updated'] ?? '2099-01-01')) >= (Date.parse(from) || 0),
    );
    const next = new URL(url);
    next.searchParams.set('offset', String(offset + 2));
    const link = offset + 2 < all.length ? { link: `<${next.href}>; rel="next"` } : {};
    const body = {
      data: all.slice(offset, offset + 2),
      status_code: 1000,
      timestamp: '2026-04-14T16:30:00Z',
    };
    const headers = { 'x-total-count': String(all.length), ...link };
    return { kind: 'answered', status: 200, headers, body: JSON.stringify(body) };
  };
  return { asked, request, failNext: (count: number) => (failures = count) };
}

/** Runs a queue of messages as SQS would: one that fails comes again, and any may come twice. */
export async function drainPulls(
  database: TestDatabase,
  partner: PulledPartner,
  request: RequestText,
  { most = 100, twice = false } = {},
): Promise<number> {
  const { operator, partnerId, services } = partner;
  const { body } = await operator.call('GET', `/partners/${partnerId}/pulls`);
  const running = (body['pulls'] as readonly Golden[]).filter(({ state }) => state === 'running');
  const waiting: PartnerMessage[] = running.map(({ module }) => ({
    kind: 'pull',
    operatorId: operator.operatorId,
    ...{ partnerId, module: module as 'locations' },
  }));
  const send = async (more: readonly PartnerMessage[]) => {
    waiting.push(...more, ...(twice ? more : []));
  };
  let runs = 0;
  for (let next = waiting.shift(); next !== undefined && runs < most; next = waiting.shift()) {
    runs += 1;
    const surroundings = {
      ...{ database, services: { ...services, request } },
      ...{ send, push: async () => {}, now: Date.now },
    };
    await takeMessage(surroundings, next).catch(() => waiting.push(next as PartnerMessage));
  }
  return runs;
}

/** Begins pulls, of all modules unless the form says otherwise. */
export const beginPulls = async ({ operator, partnerId }: PulledPartner, form: object = {}) =>
  await operator.call('POST', `/partners/${partnerId}/pulls`, form);

/** How far the pull of a module is; undefined where there was none. */
export const pullOf = async ({ operator, partnerId }: PulledPartner, module: string) => {
  const { body } = await operator.call('GET', `/partners/${partnerId}/pulls`);
  return (body['pulls'] as readonly Golden[]).find((one) => one['module'] === module);
};
