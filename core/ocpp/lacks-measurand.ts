/** A sampled value as far as it says what it is of. */
type Named = { readonly measurand?: string | undefined; readonly unit?: string | undefined };

const energyUnits: ReadonlySet<string> = new Set(['', 'wh', 'kwh']);

/** Units of power, which chargers also write on an energy. */
const powerUnits: ReadonlySet<string> = new Set(['w', 'kw']);

const otherUnits: ReadonlySet<string> = new Set([
  ...['a', 'v', 'va', 'kva', 'var', 'kvar', 'varh', 'kvarh', 'hz', 'rpm'],
  ...['celsius', 'celcius', 'fahrenheit', 'k', 'percent', '%'],
]);

const unitIn = ({ unit = '' }: Named): string => unit.trim().toLowerCase();

const register = 'energy.active.import.register';

const isRegister = (value: Named): boolean =>
  energyUnits.has(unitIn(value)) && (value.measurand ?? register).trim().toLowerCase() === register;

/**
 * True if a value cannot be the register that the standard takes it for because it names no measurand: its unit is that of
 * something else, or of a power while a register stands beside it. `all`: the values of its reading.
 */
export const lacksMeasurand = (value: Named, all: readonly Named[]): boolean => {
  if (value.measurand !== undefined) return false;
  const unit = unitIn(value);
  return otherUnits.has(unit) || (powerUnits.has(unit) && all.some(isRegister));
};
