import { adress } from "@/shared/adresser";
import type { Stegnamn } from "@/shared/ui/Steglinje.vue";

/** The steps of an in-registration, each that is done with the way back to it; what is typed is kept. */
export function stegIn(
    insatsId: string,
    samtyckeId?: string,
): readonly Stegnamn[] {
    return [
        { namn: "Person", till: adress("registrera", { insatsId }) },
        {
            namn: "Samtycke",
            till:
                samtyckeId === undefined
                    ? undefined
                    : adress("samtycke", { samtyckeId }),
        },
        {
            namn: "Uppgifter",
            till:
                samtyckeId === undefined
                    ? undefined
                    : adress("registrera-in", { insatsId, samtyckeId }),
        },
        { namn: "Kontrollera" },
    ];
}

/** The steps of what stands on a deltagande: its exit, and the corrections. */
export function stegPa(
    insatsId: string,
    deltagandeId: string,
    slag: "ratta-in" | "ut" | "ratta-ut",
): readonly Stegnamn[] {
    return [
        { namn: "Person", till: adress("deltagande-ett", { deltagandeId }) },
        {
            namn: "Uppgifter",
            till: adress(`registrera-${slag}`, { insatsId, deltagandeId }),
        },
        { namn: "Kontrollera" },
    ];
}
