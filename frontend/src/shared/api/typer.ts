import type { components } from "./schema";
import type { components as sessionskomponenter } from "./session";

/** The contract's schemas by name. No type of the wire is written by hand. */
export type Schema<N extends keyof components["schemas"]> =
    components["schemas"][N];

export type Session = sessionskomponenter["schemas"]["Session"];
export type Sms = sessionskomponenter["schemas"]["Sms"];
export type Problem = Schema<"Problem">;
export type Faltfel = Problem["fel"][number];
export type Roll = Schema<"Roll">;
