import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import type { CommandImage, StateImage } from '../../../core/event/state-image.ts';
import { campaignCounts } from '../../../core/firmware/campaign-counts.ts';
import { anomalyOf } from '../../../core/metering/model/anomaly-codes.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { reachedLimitFrom } from '../accounts/reached-limits.ts';
import { contentFrom } from '../cdrs/cdr-item.ts';
import { connectionFrom } from '../chargers/connections.ts';
import { connectorFrom } from '../chargers/connectors.ts';
import { commandId } from '../commands/command-id.ts';
import { commandFrom } from '../commands/command-item.ts';
import { campaignFrom } from '../files/campaigns.ts';
import { billFrom } from '../payments/bills.ts';
import { runningViewFrom } from '../sessions/running-view.ts';
import { storedSessionFrom } from '../sessions/session-item.ts';
import { type Item, text } from '../table/item.ts';
import { chargerKeyOfPk } from '../table/keys/charger-keys.ts';
import { webhookFrom } from '../webhooks/webhooks.ts';

/** The error that a charger answered a command with, by its code. */
function errorOf(outcome: CommandOutcome | undefined): string | undefined {
  switch (outcome?.kind) {
    case 'failed':
      return outcome.code;
    case 'unreadable':
      return 'UNREADABLE';
    default:
      return undefined;
  }
}

function commandImageFrom(item: Item): CommandImage {
  const command = commandFrom(item);
  const { sequence, chargerId, chargerKey, request, outcome, state, sessionId, finishedAt } =
    command;
  return omitUndefined({
    kind: 'command',
    chargerKey,
    commandId: commandId(sequence, chargerId),
    type: request.type,
    state,
    isUnordered: command.origin === undefined ? undefined : (true as const),
    sessionId,
    error: errorOf(outcome),
    finishedAt,
  });
}

/** Reads an item of the table as far as events are derived from it; undefined for all others. */
export function stateImageFrom(item: Item): StateImage | undefined {
  switch (item['kind']?.S) {
    case 'CONNECTION': {
      const connection = connectionFrom(item);
      if (connection === undefined) return undefined;
      const { connectionId, protocol, connectedAt, disconnectedAt } = connection;
      const { offlineSince, offlineAt } = connection;
      return omitUndefined({
        kind: 'connection',
        chargerKey: chargerKeyOfPk(text(item, 'pk')),
        connectionId,
        protocol,
        connectedAt,
        disconnectedAt,
        offlineSince,
        offlineAt,
      });
    }
    case 'CONNECTOR': {
      const { openSessionId: _id, openSessionStartedAt: _at, ...connector } = connectorFrom(item);
      return {
        kind: 'connector',
        chargerKey: chargerKeyOfPk(text(item, 'pk')),
        ...connector,
      };
    }
    case 'SESSION': {
      const { session, result, lateNote } = storedSessionFrom(item);
      const late = lateNote === undefined ? [] : [anomalyOf(lateNote)];
      const anomalies = [...session.anomalies, ...(result?.cdrAnomalies ?? []), ...late];
      return { kind: 'session', session, anomalies };
    }
    case 'LIVE': {
      const { sessionId, energy, power, stateOfCharge, cost, updatedAt } = runningViewFrom(item);
      return omitUndefined({
        kind: 'running',
        sessionId,
        energy: milliWattHours(energy),
        power,
        stateOfCharge,
        cost,
        updatedAt,
      });
    }
    case 'COMMAND':
      return commandImageFrom(item);
    case 'CDR':
    case 'HELD':
      return { kind: 'cdr', isHeld: item['kind'].S === 'HELD', content: contentFrom(item) };
    case 'CAMPAIGN': {
      const { operatorId, campaignId, firmwareId, version, campaign } = campaignFrom(item);
      const { state } = campaign;
      const facts = { campaignId, firmwareId, version, state, ...campaignCounts(campaign) };
      return { kind: 'campaign', operatorId, ...facts };
    }
    case 'BILL':
      return { kind: 'bill', bill: billFrom(item).bill };
    case 'LIMITREACHED':
      return { kind: 'limit-reached', ...reachedLimitFrom(item) };
    case 'WEBHOOK': {
      const { operatorId, webhookId, url, disabled, testedAt } = webhookFrom(item);
      const byReceiver = disabled?.reason === 'operator' ? undefined : disabled;
      return omitUndefined({
        kind: 'webhook',
        operatorId,
        webhookId,
        url,
        disabled: byReceiver,
        testedAt,
      });
    }
    default:
      return undefined;
  }
}
