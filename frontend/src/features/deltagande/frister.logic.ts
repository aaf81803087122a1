import { plusDagar } from "@/shared/datum.logic";

/** The server's setting as it is delivered; the contract does not tell it [A]. */
const felregistreringsdagar = 30;

/** The last day on which an exit that was registered as a felregistrering that day can become another. */
export function rattasTill(registrerad: string): string {
    return plusDagar(registrerad, felregistreringsdagar);
}
