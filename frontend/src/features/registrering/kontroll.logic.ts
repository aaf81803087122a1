import type { Uppgift } from "@/features/deltagande/tidslinje.logic";
import { faltId } from "@/shared/ui/formular.logic";

/** An answer in words, as the look-over reads it back, and the field it is changed in. */
export interface Utskriftsrad {
    etikett: string;
    text: string;
    faltId: string;
}

/** What is to be sent, in the words of the timeline; a correction with its reason. */
export function somUtskrift(
    uppgifter: readonly Uppgift[],
    skal?: string,
): Utskriftsrad[] {
    return [
        ...uppgifter.map(({ namn, varde, pekare }) => ({
            etikett: namn,
            text: varde,
            faltId: faltId(pekare),
        })),
        ...(skal === undefined
            ? []
            : [
                  {
                      etikett: "Varför rättas uppgiften?",
                      text: skal,
                      faltId: faltId("/skal"),
                  },
              ]),
    ];
}
