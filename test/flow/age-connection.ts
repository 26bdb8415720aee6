import { changeState } from './change-state.ts';
import type { RunningFlow } from './start-flow.ts';

/** Makes all that was kept of a charger's connection twenty minutes older, past all policies. */
export const ageConnection = async (
  flow: RunningFlow,
  operatorId: string,
  chargerId: string,
): Promise<void> =>
  await changeState(flow, {
    Key: {
      pk: { S: `CHARGER#${operatorId}#${chargerId.toLowerCase()}` },
      sk: { S: 'CONNECTION' },
    },
    UpdateExpression: 'SET connectedAt = :at REMOVE lastSeenAt',
    ExpressionAttributeValues: {
      ':at': { S: new Date(Date.now() - 20 * 60_000).toISOString() },
    },
    ConditionExpression: 'attribute_exists(connectionId)',
  });
