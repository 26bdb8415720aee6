import { placeOfCommand } from '../../lambdas/store/commands/command-id.ts';
import { commandKey } from '../../lambdas/store/table/keys/command-keys.ts';
import { keyAttributes } from '../../lambdas/store/table/keys/key.ts';
import { changeState } from './change-state.ts';
import type { RunningFlow } from './start-flow.ts';

/** Has the life of a command end now, as if it had been made that long ago. */
export const endLife = async (
  flow: RunningFlow,
  operatorId: string,
  commandId: string,
): Promise<void> => {
  const place = placeOfCommand(operatorId, commandId);
  if (place === undefined) throw new Error(`${commandId} is no command`);
  await changeState(flow, {
    Key: keyAttributes(commandKey(place.chargerKey, place.sequence)),
    UpdateExpression: 'SET expiresAt = :now',
    ExpressionAttributeValues: { ':now': { S: new Date().toISOString() } },
    ConditionExpression: 'attribute_exists(pk)',
  });
};
