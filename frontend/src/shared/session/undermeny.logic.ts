import { adress } from "@/shared/adresser";
import type { Schema } from "@/shared/api/typer";
import { administrerar, registrerarI } from "./behorighet.logic";

export interface Underval {
    /** Where there is no room the first word is enough. */
    kort: string;
    text: string;
    till: string;
    /** The pages that it leads to have names that begin so. */
    sidor: string;
}

/** Whoever administers an organisation makes its questions. */
function fragor(jag: Schema<"Jag">): Underval[] {
    return administrerar(jag)
        .slice(0, 1)
        .map(({ id }) => ({
            kort: "Frågor",
            text: "Kompletterande fråga",
            till: adress("organisation-fragor", { organisationId: id }),
            sidor: "organisation-fragor",
        }));
}

/**
 * What is done under Deltagande, from any page: in the insats whose page it is, in one's only one,
 * or in one that is chosen first. Nothing for who registers nowhere.
 */
export function underval(
    jag: Schema<"Jag">,
    insatsId: string | undefined,
): Underval[] {
    const egna = registrerarI(jag);
    if (egna.size === 0) {
        return fragor(jag);
    }
    const har = insatsId !== undefined && egna.has(insatsId);
    const en = har ? insatsId : egna.size === 1 ? [...egna][0] : undefined;
    const till = (vad: "registrera" | "anonyma" | "samtycken"): string =>
        en === undefined
            ? `${adress("deltagande")}?till=${vad}`
            : adress(vad, { insatsId: en });
    return [
        {
            kort: "Registrera",
            text: "Registrera deltagare",
            till: till("registrera"),
            sidor: "registrera",
        },
        {
            kort: "Anonyma",
            text: "Anonyma deltagare",
            till: till("anonyma"),
            sidor: "anonyma",
        },
        {
            kort: "Samtycken",
            text: "Samtycken",
            till: till("samtycken"),
            sidor: "samtycke",
        },
    ];
}
