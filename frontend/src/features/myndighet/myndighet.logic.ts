import { ordOrganisationsnummer } from "@/shared/api/regler.gen";
import type { Schema } from "@/shared/api/typer";
import {
    type Grund,
    type Svar,
    type Tabell,
    etiketter,
    franTrad,
    tomma,
} from "@/shared/formular/tabell";
import { orgnr } from "@/shared/text.logic";

type Myndighet = Schema<"Myndighet">;

export const organisationstyper: Record<Schema<"Organisationstyp">, string> = {
    FORSAKRINGSKASSAN: "Försäkringskassan",
    ARBETSFORMEDLINGEN: "Arbetsförmedlingen",
    REGION: "Region",
    KOMMUN: "Kommun",
    SAMORDNINGSFORBUND: "Samordningsförbund",
    ESF: "ESF",
    OVRIG: "Övrig",
};

export const typval = Object.entries(organisationstyper).map(
    ([varde, text]) => ({ varde, text }),
);

const siffror = (nr: string): string => nr.replace(/[\s-]/g, "");

/** The rule of Luhn, as the server's. */
export function arOrganisationsnummer(text: string): boolean {
    const nr = siffror(text);
    if (!/^\d{10}$/.test(nr)) {
        return false;
    }
    const summa = Array.from(nr).reduce((s, c, n) => {
        const d = Number(c) * (n % 2 === 0 ? 2 : 1);
        return s + Math.floor(d / 10) + (d % 10);
    }, 0);
    return summa % 10 === 0;
}

/** «202100-5521», as an organisationsnummer is written, and how it is sent. */
export const nummerfalt = {
    etikett: "Organisationsnummer",
    slag: "text",
    max: 12,
    rent: siffror,
    fel: (s: { organisationsnummer: string }) =>
        arOrganisationsnummer(s.organisationsnummer)
            ? undefined
            : {
                  regel: "organisationsnummer",
                  meddelande: ordOrganisationsnummer,
              },
} as const;

interface Myndighetssammanhang extends Grund {
    ny: boolean;
}

interface Myndighetssvar extends Svar<Schema<"NyMyndighet">> {
    /** The version a change began from; 0 for a new one. */
    version: number;
}

export const myndighetstabell: Tabell<
    Schema<"NyMyndighet">,
    Myndighetssammanhang
> = {
    organisationsnummer: {
        ...nummerfalt,
        last: (_, c) => (c.ny ? undefined : ""), // stands in the heading: another number is another agency
    },
    namn: { etikett: "Namn", slag: "text", max: 200 },
    typ: {
        etikett: "Typ",
        slag: "lista",
        val: () => typval,
        tom: "Välj typ",
        hjalp: "Avgör vad organisationen från början är när den läggs till i en samverkansorganisation: medlem, finansiär eller konsument",
    },
};

export const myndighetsetiketter = etiketter(myndighetstabell);

export function tomMyndighet(): Myndighetssvar {
    return { ...tomma(myndighetstabell), version: 0 };
}

export function myndighetssvarAv(m: Myndighet): Myndighetssvar {
    return {
        ...franTrad(myndighetstabell, {
            ...m,
            organisationsnummer: orgnr(m.organisationsnummer),
        }),
        version: m.version,
    };
}

/** A text that is sought: a number, or a part of one, or else a name. */
export function soksom(
    text: string,
): { organisationsnummer: string } | { namn: string } {
    const nr = siffror(text).replaceAll("*", "");
    return /^\d{1,10}$/.test(nr)
        ? { organisationsnummer: nr }
        : { namn: text.trim() };
}
