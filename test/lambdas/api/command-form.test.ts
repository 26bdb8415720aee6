import { expect, it } from 'vitest';
import { CommandForm } from '../../../lambdas/api/commands/command-form.ts';

const isTaken = (command: object): boolean => CommandForm.safeParse(command).success;

it.each([
  ['a start', { type: 'start', tokenId: 'TAG' }],
  ['an unlock', { type: 'unlock' }],
])(
  '%s is for a connector from 1 on: 0 means the whole charger, on which neither a session nor a cable is',
  (_words, command) => {
    expect(isTaken({ ...command, connectorId: 1 })).toBe(true);
    expect(isTaken({ ...command, connectorId: 2, evseId: 1 })).toBe(true);
    expect(isTaken({ ...command, connectorId: 0 })).toBe(false);
    expect(isTaken({ ...command, connectorId: 1, evseId: 0 })).toBe(false);
  },
);

it('a start needs no connector: the charger may choose', () => {
  expect(isTaken({ type: 'start', tokenId: 'TAG' })).toBe(true);
});

it('a change of availability may be for the whole charger', () => {
  expect(isTaken({ type: 'availability', connectorId: 0, available: false })).toBe(true);
});
