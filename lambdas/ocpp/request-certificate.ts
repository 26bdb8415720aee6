import { planIssue } from '../../core/certificate/issued-certificate.ts';
import type { Answers } from '../../core/ocpp/answer.ts';
import type { EventOf } from '../../core/ocpp/event.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import { requestHash } from '../authority/request-hash.ts';
import { logger } from '../runtime/logger.ts';
import { readApplicant, readCertificates } from '../store/chargers/certificates.ts';
import { type MessageContext, receivedAt } from './message-context.ts';

type Answer = Answers['certificateRequested'];

const rejected = (code: string, text: string): Answer => ({
  status: 'Rejected',
  reason: { code, text },
});

/** Why a charger gets no certificate, whatever its request is; undefined where it may get one. */
function obstacle(
  { charger, settings }: MessageContext,
  { use }: EventOf<'certificateRequested'>,
): Answer | undefined {
  if (settings.hasAuthority !== true) {
    return rejected('NotEnabled', 'No authority is set up that certifies chargers.');
  }
  if (use === 'v2g') {
    return rejected('UnsupportedParam', 'Certificates towards vehicles are not issued here.');
  }
  if (charger.approval !== undefined) {
    return rejected('CSNotAccepted', 'The charger is not accepted.');
  }
  return undefined;
}

/** A request that is rejected is in the log with its reason: OCPP 1.6 has no field for it. */
async function consider(
  step: MessageContext,
  event: EventOf<'certificateRequested'>,
): Promise<Answer> {
  const refusal = obstacle(step, event);
  if (refusal !== undefined) return refusal;
  const { database, charger, certifier } = step;
  if (certifier === undefined) {
    return rejected('InternalError', 'The request had to wait; ask again.');
  }
  const { operatorId, chargerKey, chargerId } = charger;
  const { csr, requestId } = event;
  const [applicant, issued] = await Promise.all([
    readApplicant(database, operatorId, chargerKey, chargerId),
    readCertificates(database, chargerKey),
  ]);
  const verdict = await certifier.check(csr, applicant);
  if (verdict.kind === 'refused') return rejected('InvalidCSR', verdict.reason);
  if (planIssue(issued, requestHash(csr), step.now).kind === 'too-many') {
    return rejected('TooManyRequests', 'Too many certificates were issued within a day.');
  }
  const use = event.use === 'charger' ? event.use : undefined;
  const [kind, askedAt] = ['certify' as const, receivedAt(step)];
  await certifier.certify(
    omitUndefined({ kind, operatorId, chargerKey, csr, askedAt, use, requestId } as const),
  );
  return { status: 'Accepted' };
}

/**
 * Answers a request of a charger for a certificate (OCPP 2.0.1 use case A02): one that is fit is accepted, and the certificate follows
 * as a command; any other is rejected with its reason, which OCPP 1.6 has no field for.
 */
export async function requestCertificate(
  step: MessageContext,
  event: EventOf<'certificateRequested'>,
): Promise<Answer> {
  const answer = await consider(step, event);
  const { status, reason } = answer;
  const { chargerId } = step.charger;
  logger.info('A charger asked for a certificate', { chargerId, status, reason: reason?.text });
  return answer;
}
