import { omitUndefined } from '../../../units/omit-undefined.ts';
import type { Inexpressible } from '../../exchange.ts';
import type { ComponentType, VariableType } from '../../generated/v201/set-variables-request.js';
import type { Tolerated } from './message.ts';

/** A variable of a component, as OCPP 2.0.1 names what OCPP 1.6 calls a configuration key. */
export type NamedVariable = { readonly component: ComponentType; readonly variable: VariableType };

const name = String.raw`([^.[\]@]+)(?:\[([^\]]*)\])?`;
const key = new RegExp(String.raw`^${name}(?:@(\d+)(?:/(\d+))?)?\.${name}$`);

const numberOf = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits);

/**
 * The variable that a key names: `Component.Variable`, where an instance may follow either name in brackets, and an EVSE, with
 * a connector or without, the component: `Connector@1/2.Available`, `ChargingStatusIndicator[front].Active`.
 */
export const variableOf = (text: string): NamedVariable | Inexpressible => {
  const [, component = '', instance, evse, connector, variable = '', part] = key.exec(text) ?? [];
  if (component === '') {
    return { inexpressible: `${text} does not name a variable, as in Component.Variable.` };
  }
  const id = numberOf(evse);
  return {
    component: omitUndefined({
      name: component,
      instance,
      evse: id === undefined ? undefined : omitUndefined({ id, connectorId: numberOf(connector) }),
    }),
    variable: omitUndefined({ name: variable, instance: part }),
  };
};

const bracketed = (instance: string | undefined): string =>
  instance === undefined ? '' : `[${instance}]`;

const placed = ({ evse }: Tolerated<ComponentType>): string => {
  if (evse === undefined) return '';
  return evse.connectorId === undefined ? `@${evse.id}` : `@${evse.id}/${evse.connectorId}`;
};

/** The key that names a variable. */
export const keyOf = (component: Tolerated<ComponentType>, variable: Tolerated<VariableType>) =>
  `${component.name}${bracketed(component.instance)}${placed(component)}.${variable.name}${bracketed(variable.instance)}`;
