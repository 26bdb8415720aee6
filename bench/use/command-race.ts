import type { DatabaseOptions, Disturbance } from '../../runner/dynamodb/database-options.ts';

/** The race between the API, which writes a command after its message is in the queue, and the sender, which reads that message. */
export type CommandRace = {
  /** True while the sender looks for each command before it is written. */
  isLost: boolean;
  readonly disturb: NonNullable<DatabaseOptions['disturb']>;
};

/** ms after its look in vain within which the sender has noted that, and looks again only later. */
const afterLook = 20;

/** Makes the race, which goes as it goes until the measurement decides it. */
export function createCommandRace(): CommandRace {
  let write = (): void => undefined;
  const race: CommandRace = {
    isLost: false,
    disturb: (operation, address = ''): Disturbance => {
      if (!race.isLost || operation !== 'TransactWriteItems') return undefined;
      if (/^Api/i.test(address)) {
        return new Promise((resolve) => {
          write = () => void setTimeout(() => resolve(undefined), afterLook);
        });
      }
      if (/commands/i.test(address)) write();
      return undefined;
    },
  };
  return race;
}
