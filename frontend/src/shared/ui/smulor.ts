import { adress } from "@/shared/adresser";
import type { Smula } from "./Brodsmulor.vue";

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
