import { fromVersionAddress, fromVersionDetails } from '../../core/ocpi/common/version-list.ts';
import {
  beginHandshake,
  continueHandshake,
  type HandshakeEvent,
  type HandshakeStart,
  type HandshakeStep,
  type HandshakeTask,
} from '../../core/ocpi/handshake/handshake.ts';
import { allTranslators } from '../../core/ocpi/partner/all-translators.ts';
import { type Called, callPartner } from './call-partner.ts';
import type { RoamingServices } from './roaming-services.ts';

/** The end of a handshake: registered, or the step that failed. */
export type HandshakeEnd = Extract<HandshakeTask, { readonly kind: 'registered' | 'failed' }> & {
  /** True where the partner could not be reached at all. */
  readonly unreachable?: boolean;
};

type CallTask = Exclude<HandshakeTask, { readonly kind: 'registered' | 'failed' }>;

const unreadable = (message: string): HandshakeEvent => ({ kind: 'unreachable', message });

/** A partner's parties are those that it states: what it leaves out belongs to nobody. */
const owner = { countryCode: '', partyId: '' };

const problemsOf = (problems: readonly { path: string; message: string }[]): string =>
  problems.map(({ path, message }) => `${path}: ${message}`).join(' ');

function eventOf(task: CallTask, called: Called): HandshakeEvent {
  switch (called.kind) {
    case 'unauthorized':
      return { kind: 'unauthorized' };
    case 'unreachable':
      return { kind: 'unreachable', message: called.message };
    case 'refused':
      return { kind: 'unreachable', message: called.message };
    case 'success':
      return contentOf(task, called.data ?? null);
    default:
      return called satisfies never;
  }
}

function contentOf(task: CallTask, data: Parameters<typeof fromVersionDetails>[0]): HandshakeEvent {
  switch (task.kind) {
    case 'get-versions': {
      // A version that cannot be read is not one of ours.
      const versions = (Array.isArray(data) ? data : []).flatMap((one) => {
        const read = fromVersionAddress(one, { owner });
        return read.kind === 'received' ? [read.value] : [];
      });
      return { kind: 'versions', versions };
    }
    case 'get-details': {
      const read = fromVersionDetails(data, { owner });
      return read.kind === 'received'
        ? { kind: 'details', details: read.value }
        : unreadable(`The endpoints cannot be read: ${problemsOf(read.problems)}`);
    }
    case 'send-credentials': {
      const read = allTranslators[task.version].credentials?.from(data, { owner });
      return read?.kind === 'received'
        ? { kind: 'credentials', credentials: read.value }
        : unreadable(`The credentials cannot be read: ${problemsOf(read?.problems ?? [])}`);
    }
    default:
      return task satisfies never;
  }
}

async function run(services: RoamingServices, task: CallTask): Promise<HandshakeEvent> {
  const { url, token, encoding } = task;
  if (task.kind !== 'send-credentials') {
    const called = await callPartner(services, { method: 'GET', url, token, encoding });
    return eventOf(task, called);
  }
  const { method, version, credentials } = task;
  const written = allTranslators[version].credentials?.to(credentials, { owner });
  if (written?.kind !== 'translated') return unreadable('Our parties cannot be said in it.');
  const body = written.object;
  return eventOf(task, await callPartner(services, { method, url, token, encoding, body }));
}

/** Runs a handshake to its end: reads the partner's versions and endpoints, and sends our credentials where we began. */
export async function runHandshake(
  services: RoamingServices,
  start: HandshakeStart,
): Promise<HandshakeEnd> {
  let step: HandshakeStep = beginHandshake(start);
  let isReached = false;
  for (;;) {
    const { handshake, task } = step;
    if (task.kind === 'registered') return task;
    if (task.kind === 'failed' || handshake === undefined) {
      return { ...(task as HandshakeEnd), unreachable: !isReached };
    }
    const event = await run(services, task);
    isReached = event.kind !== 'unreachable';
    step = continueHandshake(handshake, event);
  }
}
