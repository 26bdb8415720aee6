import { CommandError } from '../../clients/command-error.ts';
import { boot } from '../charger/boot.ts';
import { charge } from '../charger/charge.ts';
import { type ChargerIdentity, connectCharger } from '../charger/charger-connection.ts';
import type { ChargingPlan } from '../charger/charging-plan.ts';

/** Connects one simulated charger and carries out its plans one after the other, telling each finished one. */
export const replayCharger = async (
  identity: ChargerIdentity,
  plans: readonly ChargingPlan[],
  done: () => void,
): Promise<void> => {
  const first = plans[0];
  if (first === undefined) return;
  const connection = await connectCharger(identity).catch((cause: unknown) => {
    throw new CommandError(
      'CLI_CHARGER_REFUSED',
      `Charger ${identity.chargerId} cannot connect to ${identity.url}: ${(cause as Error).message}.`,
    );
  });
  try {
    await boot(connection, 2, first.startedAt - 1000);
    for (const plan of plans) {
      await charge(connection, plan);
      done();
    }
  } finally {
    await connection.close();
  }
};
