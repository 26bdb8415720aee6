import { describe, expect, it } from 'vitest';
import { billedSession } from '../../../core/cdr/compute/billed-session.ts';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { startedEvent, stoppedEvent } from '../session/session-samples.ts';
import { sessionOf } from './cdr-samples.ts';

describe('a session as its CDR sees it', () => {
  it('the session in a CDR ignores a start or stop that may arrive before or after the CDR is made', () => {
    const session = sessionOf(startedEvent(), stoppedEvent());
    const superseded = anomalyOf('SESSION_SUPERSEDED');
    const anomalies = [anomalyOf('SECOND_STOP'), superseded, anomalyOf('LATE_START')];

    expect(billedSession({ ...session, anomalies })).toEqual({
      ...session,
      anomalies: [superseded],
    });
  });
});
