/** Properties that a tolerated payload may lack although the schema requires them. */
type MayMiss = 'timestamp' | 'meterStart' | 'meterStop' | 'transactionId';

/** A message of the official schema as it looks after tolerance: any word, and a few properties may be missing. */
export type Tolerated<T> = T extends string
  ? string
  : T extends readonly (infer Element)[]
    ? readonly Tolerated<Element>[]
    : T extends object
      ? { readonly [Key in keyof T as Key extends MayMiss ? never : Key]: Tolerated<T[Key]> } & {
          readonly [Key in keyof T as Key extends MayMiss ? Key : never]?: Tolerated<
            Exclude<T[Key], undefined>
          >;
        }
      : T;
