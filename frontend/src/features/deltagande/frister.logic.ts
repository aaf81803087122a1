import { plusDagar } from "@/shared/datum.logic";

/** The server's settings as they are delivered; the contract does not tell them [A]. */
export const samtyckesdagar = 30;
const felregistreringsdagar = 30;

/** The last day on which an exit that was registered as a felregistrering that day can become another. */
export function rattasTill(registrerad: string): string {
    return plusDagar(registrerad, felregistreringsdagar);
}

/** So many days more a samtycke waits, counted from its registration; 0: this is the last. */
export function dagarKvar(dagarSedan: number): number {
    return Math.max(0, samtyckesdagar - dagarSedan);
}
