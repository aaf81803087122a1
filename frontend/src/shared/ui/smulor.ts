import { adress } from "@/shared/adresser";
import type { Smula } from "./Brodsmulor.vue";

/** The organisation that a page stands under. */
export function organisationssmula(
    organisation: { namn: string } | undefined,
    organisationId: string,
): Smula {
    return {
        text: organisation?.namn ?? "Samverkansorganisationen",
        till: adress("samverkansorganisation", { organisationId }),
    };
}

/** The insats that a page stands under, also before its name is known. */
export function insatssmula(
    insats: { namn: string } | undefined,
    insatsId: string,
): Smula {
    return {
        text: insats?.namn ?? "Insatsen",
        till: adress("insats", { insatsId }),
    };
}
