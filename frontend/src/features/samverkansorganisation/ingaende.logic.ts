import {
    ordDubblett,
    ordForbundKonsument,
    ordIngaendeOverlappar,
    ordSlutForeStart,
} from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { arDag, dagfel, plusDagar } from "@/shared/datum.logic";
import { orgnr } from "@/shared/text.logic";
import type { Alternativ } from "@/shared/ui/alternativ";
import type { Etiketter } from "@/shared/ui/formular.logic";

export type Ingaende = Schema<"IngaendeOrganisation">;
type Organisation = Pick<
    Schema<"Samverkansorganisation">,
    "ingaendeOrganisationer" | "startdatum"
>;

/** A row of the form: an agency of the register, when it takes part, and as what. */
export interface Ingaendesvar {
    organisationsnummer: string;
    namn: string;
    typ: Schema<"Organisationstyp">;
    giltigFran: string;
    giltigTom: string;
    /** Of «medlem», «finansiar», «konsument». */
    flaggor: string[];
}

export const flaggor = [
    { varde: "medlem", text: "Medlem" },
    { varde: "finansiar", text: "Finansiär" },
    { varde: "konsument", text: "Konsument" },
] as const;

/** What each kind of agency takes part as, unless somebody chooses otherwise (domain 2). */
const forval: Record<Schema<"Organisationstyp">, string[]> = {
    FORSAKRINGSKASSAN: ["medlem", "finansiar"],
    ARBETSFORMEDLINGEN: ["medlem"],
    REGION: ["medlem", "finansiar"],
    KOMMUN: ["medlem", "finansiar"],
    SAMORDNINGSFORBUND: ["finansiar", "konsument"],
    ESF: ["finansiar"],
    OVRIG: ["finansiar"],
};

const lista = "/ingaendeOrganisationer";

export const radpekare = (n: number, falt = ""): string =>
    `${lista}/${n}${falt === "" ? "" : `/${falt}`}`;

/** An agency chosen in the register: since the start, as its kind does. */
export function radAv(
    m: Pick<Schema<"Myndighet">, "organisationsnummer" | "namn" | "typ">,
): Ingaendesvar {
    return {
        organisationsnummer: m.organisationsnummer,
        namn: m.namn,
        typ: m.typ,
        giltigFran: "",
        giltigTom: "",
        flaggor: [...forval[m.typ]],
    };
}

/** The same agency from the day after: what it is from then on is another row. */
export function nyPeriod(rad: Ingaendesvar): Ingaendesvar {
    return {
        ...rad,
        flaggor: [...rad.flaggor],
        giltigFran: arDag(rad.giltigTom) ? plusDagar(rad.giltigTom, 1) : "",
        giltigTom: "",
    };
}

/** What has been since the organisation's start has no first day of its own. */
export function raderAv(o: Organisation): Ingaendesvar[] {
    return o.ingaendeOrganisationer.map((i) => ({
        organisationsnummer: i.organisationsnummer,
        namn: i.namn,
        typ: i.typ,
        giltigFran: i.giltigFran <= o.startdatum ? "" : i.giltigFran,
        giltigTom: i.giltigTom ?? "",
        flaggor: flaggor.map((f) => f.varde).filter((f) => i[f]),
    }));
}

export function tillIngaende(
    rader: readonly Ingaendesvar[],
): Schema<"NyIngaendeOrganisation">[] {
    return rader.map((r) => ({
        organisationsnummer: r.organisationsnummer,
        ...(r.giltigFran === "" ? {} : { giltigFran: r.giltigFran }),
        ...(r.giltigTom === "" ? {} : { giltigTom: r.giltigTom }),
        medlem: r.flaggor.includes("medlem"),
        finansiar: r.flaggor.includes("finansiar"),
        konsument: r.flaggor.includes("konsument"),
    }));
}

function motas(a: Ingaendesvar, b: Ingaendesvar): boolean {
    return (
        (a.giltigTom === "" || a.giltigTom >= b.giltigFran) &&
        (b.giltigTom === "" || b.giltigTom >= a.giltigFran)
    );
}

/** What the form itself can see is wrong with row n. */
function radfel(rader: readonly Ingaendesvar[], n: number): Faltfel[] {
    const r = rader[n];
    if (!r) {
        return [];
    }
    const fel = (["giltigFran", "giltigTom"] as const).flatMap((f) =>
        r[f] === "" ? [] : dagfel(radpekare(n, f), r[f]),
    );
    if (fel.length > 0) {
        return fel;
    }
    if (r.giltigTom !== "" && r.giltigTom < r.giltigFran) {
        fel.push({
            pekare: radpekare(n, "giltigTom"),
            regel: "slut-fore-start",
            meddelande: ordSlutForeStart,
        });
    }
    const annan = rader
        .slice(0, n)
        .find(
            (t) =>
                t.organisationsnummer === r.organisationsnummer && motas(t, r),
        );
    if (annan) {
        const samma =
            annan.giltigFran === r.giltigFran &&
            annan.giltigTom === r.giltigTom;
        fel.push(
            samma
                ? {
                      pekare: radpekare(n),
                      regel: "dubblett",
                      meddelande: ordDubblett,
                  }
                : {
                      pekare: radpekare(n, "giltigFran"),
                      regel: "ingaende-overlappar",
                      meddelande: ordIngaendeOverlappar,
                  },
        );
    }
    if (r.typ === "SAMORDNINGSFORBUND" && !r.flaggor.includes("konsument")) {
        fel.push({
            pekare: radpekare(n),
            regel: "forbund-konsument",
            meddelande: ordForbundKonsument,
        });
    }
    return fel;
}

export function granskaIngaende(rader: readonly Ingaendesvar[]): Faltfel[] {
    return rader.length === 0
        ? [
              {
                  pekare: lista,
                  regel: "obligatoriskt",
                  meddelande: "Lägg till minst en ingående organisation.",
              },
          ]
        : rader.flatMap((_, n) => radfel(rader, n));
}

/** The rows by number: «Ingående organisation 2, från och med». */
export function ingaendeetiketter(antal: number): Etiketter {
    const rader = Array.from({ length: antal }, (_, n): [string, string][] => [
        [
            radpekare(n, "giltigFran"),
            `Ingående organisation ${n + 1}, från och med`,
        ],
        [
            radpekare(n, "giltigTom"),
            `Ingående organisation ${n + 1}, till och med`,
        ],
        [radpekare(n), `Ingående organisation ${n + 1}`],
    ]);
    return {
        ...Object.fromEntries(rader.flat()),
        [lista]: "Ingående organisationer",
    };
}

function tiden(r: Pick<Ingaendesvar, "giltigFran" | "giltigTom">): string {
    if (r.giltigFran === "" && r.giltigTom === "") {
        return "Hela tiden";
    }
    return `${r.giltigFran === "" ? "Från start" : r.giltigFran} – ${r.giltigTom === "" ? "tills vidare" : r.giltigTom}`;
}

/** As it is read: «2008-01-01 – tills vidare: Medlem, Finansiär». */
export function radenIOrd(r: Ingaendesvar): string {
    const som = flaggor
        .filter((f) => r.flaggor.includes(f.varde))
        .map((f) => f.text)
        .join(", ");
    return `${tiden(r)}: ${som === "" ? "varken medlem, finansiär eller konsument" : som}`;
}

/** Those of a day or later, and those that have ended. */
export function delade(
    ingaende: readonly Ingaende[],
    idag: string,
): { nu: Ingaende[]; avslutade: Ingaende[] } {
    const slut = (i: Ingaende): boolean =>
        i.giltigTom !== undefined && i.giltigTom < idag;
    return {
        nu: ingaende.filter((i) => !slut(i)),
        avslutade: ingaende.filter(slut),
    };
}

/** Whoever is Medlem on some day of an insats's time, once each. */
export function medlemmarUnder(
    o: Pick<Organisation, "ingaendeOrganisationer">,
    fran: string,
    tom: string,
): Alternativ[] {
    const medlemmar = o.ingaendeOrganisationer.filter(
        (i) =>
            i.medlem &&
            (!arDag(tom) || i.giltigFran <= tom) &&
            (i.giltigTom === undefined || !arDag(fran) || i.giltigTom >= fran),
    );
    return [
        ...new Map(
            medlemmar.map((i) => [
                i.organisationsnummer,
                {
                    varde: i.organisationsnummer,
                    text: `${i.namn} (${orgnr(i.organisationsnummer)})`,
                },
            ]),
        ).values(),
    ];
}
