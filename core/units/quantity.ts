declare const unit: unique symbol;

/** An exact integer that carries its unit in the type, so that kilowatt-hours never meet hours. */
export type Quantity<Unit extends string> = bigint & { readonly [unit]: Unit };
