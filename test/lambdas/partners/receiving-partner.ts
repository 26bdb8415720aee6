import type { RequestText, TextRequest } from '../../../lambdas/outbound/request-text.ts';
import type { Document } from './roaming-plant.ts';

/** A request that a partner took. */
export type TakenPush = {
  readonly method: string;
  readonly path: string;
  readonly body: Document;
  readonly at: number;
};

/** A partner that takes pushes by the text: what it holds, every request, and how it fails. */
export type ReceivingPartner = {
  readonly request: RequestText;
  readonly taken: TakenPush[];
  /** Sessions, locations and tariffs by their path; CDRs by id. */
  readonly held: Map<string, Document>;
  /** CDRs that were posted, each as often as it was. */
  readonly posted: string[];
  /** Answers otherwise, or not at all. */
  fails: (request: TextRequest) => 'not' | 'refuses' | 'is-down' | 'loses-its-answer';
};

const envelope = (statusCode: number, message?: string): string =>
  JSON.stringify({
    ...{ status_code: statusCode, timestamp: '2026-04-14T16:00:00Z' },
    ...(message === undefined ? {} : { status_message: message }),
  });

const answered = (status: number, body: string, headers = {}) =>
  ({ kind: 'answered', status, headers, body }) as const;

/** Applies a PATCH as the text has it: periods are added, everything else is replaced. */
const patched = (held: Document, patch: Document): Document => {
  const periods = patch['charging_periods'] as readonly unknown[] | undefined;
  const before = (held['charging_periods'] ?? []) as readonly unknown[];
  return {
    ...held,
    ...patch,
    ...(periods === undefined ? {} : { charging_periods: [...before, ...periods] }),
  };
};

/** Makes a partner that holds nothing yet. */
export function receivingPartner(now: () => number = Date.now): ReceivingPartner {
  const held = new Map<string, Document>();
  const taken: TakenPush[] = [];
  const posted: string[] = [];
  const base = 'https://partner.example/receive/';
  /** Keeps a CDR under an address of its own. */
  const post = (body: Document) => {
    const id = String(body['id']);
    posted.push(id);
    held.set(`cdrs/${id}`, body);
    return answered(201, envelope(1000), { location: `${base}cdrs/of-ours/${id}` });
  };
  const put = (path: string, body: Document) => {
    const isNew = !held.has(path);
    held.set(path, body);
    return answered(isNew ? 201 : 200, envelope(1000));
  };
  /** A PATCH of an EVSE changes it in its location. */
  const patchEvse = (path: string, body: Document): boolean => {
    const [uid, ...above] = path.split('/').toReversed();
    const place = above.toReversed().join('/');
    const location = held.get(place);
    const evses = (location?.['evses'] ?? []) as readonly Document[];
    if (!evses.some((evse) => evse['uid'] === uid)) return false;
    held.set(place, {
      ...location,
      last_updated: body['last_updated'],
      evses: evses.map((evse) => (evse['uid'] === uid ? patched(evse, body) : evse)),
    });
    return true;
  };
  const patch = (path: string, body: Document) => {
    const before = held.get(path);
    if (before !== undefined) held.set(path, patched(before, body));
    else if (!patchEvse(path, body)) return answered(404, envelope(2000, 'It is not known.'));
    return answered(200, envelope(1000));
  };
  const take = (method: string, path: string, body: Document) => {
    taken.push({ method, path, body, at: now() });
    if (method === 'POST') return post(body);
    if (method === 'DELETE') {
      held.delete(path);
      return answered(200, envelope(1000));
    }
    return method === 'PUT' ? put(path, body) : patch(path, body);
  };
  const partner: ReceivingPartner = {
    ...{ held, taken, posted },
    fails: () => 'not',
    request: async (request) => {
      const fate = partner.fails(request);
      if (fate === 'is-down') return { kind: 'failed', code: 'ECONNREFUSED' };
      if (fate === 'refuses') return answered(200, envelope(2001, 'It is refused.'));
      const path = request.url.slice(base.length);
      const answer = take(request.method, path, JSON.parse(request.body ?? '{}'));
      return fate === 'loses-its-answer' ? { kind: 'failed', code: 'TIMEOUT' } : answer;
    },
  };
  return partner;
}
