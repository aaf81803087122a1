import type { Schema } from "@/shared/api/typer";
import {
    type Grund,
    type Svar,
    type Tabell,
    etiketter,
    franTrad,
    tomma,
} from "@/shared/formular/tabell";
import { antal } from "@/shared/text.logic";
import type { Alternativ } from "@/shared/ui/alternativ";
import { type Kodrad, samverkansformer } from "./kodverk.logic";

export type DateradKod = Schema<"DateradKod">;
type Typ = Schema<"Kodverkstyp">;

/** The lists as the page offers them. */
export const kodverksnamn: Record<Typ, string> = {
    FORSORJNING: "Försörjning",
    UTBILDNINGSNIVA: "Utbildningsnivå",
    AVSLUTSANLEDNING: "Avslutsanledning",
    ARBETSTYP: "Typ av arbete",
    PRECISERAD_INRIKTNING: "Preciserad inriktning",
    MALGRUPP: "Specifik målgrupp",
    SAMVERKANSFORM: "Samverkansform",
    VERKSAMHETSOMRADE: "Verksamhetsområde",
    STADSDEL: "Stadsdel",
    BLANKETT: "Blankett",
    SPRAK: "Språk",
    TID_I_FORSORJNING: "Tid i offentlig försörjning",
    FRAGEORD: "Ord som varnar i kompletterande frågor",
};

export const kodverksval = Object.entries(kodverksnamn).map(
    ([varde, text]) => ({ varde, text }),
);

/** The program itself knows their codes. */
export function arFast(typ: Typ): boolean {
    return ["SAMVERKANSFORM", "ARBETSTYP", "TID_I_FORSORJNING"].includes(typ);
}

/** What a row tells beside its text. */
export function betydelse(r: Kodrad): string {
    return [
        r.exklusiv ? "Utesluter alla andra" : "",
        r.utanMatning ? "Utan mätning" : "",
        r.utesluts ? "Ur all statistik" : "",
        r.endastAterkallelse ? "Sätts bara när ett samtycke återkallas" : "",
        r.samverkansform === undefined
            ? ""
            : `Bara ${samverkansformer[r.samverkansform]}`,
    ]
        .filter((t) => t !== "")
        .join(", ");
}

/** Where a row stands on a day. */
export function lage(r: Kodrad, dag: string): string {
    return r.giltigFran > dag
        ? "Kommer"
        : r.giltigTom !== undefined && r.giltigTom < dag
          ? "Har slutat"
          : "Gäller";
}

/** What a row belongs to, as the form has it; its code where that is not known. */
export function tillhorIOrd(
    r: Pick<Kodrad, "tillhor">,
    c: Pick<Kodsammanhang, "kodverk" | "kommuner">,
): string {
    const varde = r.tillhor ?? "";
    return overordnade(c).find((o) => o.varde === varde)?.text ?? varde;
}

interface Kodsammanhang extends Grund {
    kodverk: Typ;
    /** What a stadsdel may belong to. */
    kommuner: readonly Alternativ[];
}

const slagAvOrd: Alternativ[] = [
    { varde: "NUMMER", text: "Nummer eller kontaktuppgift" },
    { varde: "DIAGNOS", text: "Diagnos eller sjukdom" },
    { varde: "KANSLIGT", text: "Annan känslig uppgift" },
];
const inriktningar: Alternativ[] = [
    { varde: "INDIVIDINRIKTAD", text: "Individinriktad" },
    { varde: "STRUKTUROVERGRIPANDE", text: "Strukturövergripande" },
];

function overordnade(
    c: Pick<Kodsammanhang, "kodverk" | "kommuner">,
): readonly Alternativ[] {
    return c.kodverk === "STADSDEL"
        ? c.kommuner
        : c.kodverk === "FRAGEORD"
          ? slagAvOrd
          : c.kodverk === "PRECISERAD_INRIKTNING"
            ? inriktningar
            : [];
}

/** What both forms ask. */
const textfalt = {
    etikett: "Text",
    slag: "text",
    max: 100,
    hjalp: (c: Kodsammanhang) =>
        c.kodverk === "FRAGEORD"
            ? "Ett ord eller början av ett. Med * före varnar det också inne i ett längre ord"
            : "Står i formulär och rapporter",
} as const;
const ordningsfalt = {
    etikett: "Ordning i formuläret",
    slag: "heltal",
    min: 1,
    max: 1000,
    vad: "Ordningen",
} as const;
const exklusivfalt = {
    etikett: "Utesluter koden alla andra?",
    kort: "Utesluter alla andra",
    slag: "jaNej",
    nar: (_: unknown, c: Kodsammanhang) => c.kodverk === "FORSORJNING",
} as const;
const utanMatningfalt = {
    etikett: "Avslutas deltagaren utan mätning?",
    kort: "Utan mätning",
    slag: "jaNej",
    nar: (_: unknown, c: Kodsammanhang) => c.kodverk === "AVSLUTSANLEDNING",
} as const;
const uteslutsfalt = {
    etikett: "Räknas deltagandet bort ur all statistik?",
    kort: "Ur all statistik",
    slag: "jaNej",
    nar: (_: unknown, c: Kodsammanhang) => c.kodverk === "AVSLUTSANLEDNING",
} as const;
const sistaDagen = {
    etikett: "Sista dag",
    slag: "dag",
    framat: true,
    frivilligt: true,
} as const;

function dagensEllerSenare(dag: string, c: Grund) {
    return dag !== "" && dag < c.idag
        ? { regel: "forfluten-dag", meddelande: "Dagen får inte ha varit." }
        : undefined;
}

export const nykodstabell: Tabell<Schema<"NyKod">, Kodsammanhang> = {
    kod: {
        etikett: "Kod",
        slag: "text",
        max: 40,
        hjalp: (c) =>
            c.kodverk === "SPRAK"
                ? "Två eller tre små bokstäver, som i ISO 639"
                : "A–Z, 0–9 och understreck. Den kan inte ändras sedan",
        fel: (s, c) =>
            c.kodverk !== "SPRAK" && !/^[A-Z0-9_]*$/.test(s.kod)
                ? {
                      regel: "kod-format",
                      meddelande:
                          "Koden skrivs med A–Z, 0–9 och understreck, högst 40 tecken.",
                  }
                : undefined,
    },
    etikett: textfalt,
    ordning: ordningsfalt,
    giltigFran: {
        etikett: "Gäller från och med",
        slag: "dag",
        framat: true,
        hjalp: (c) =>
            c.kodverk === "VERKSAMHETSOMRADE"
                ? "Den första i en månad"
                : "I dag eller senare",
        fel: (s, c) => dagensEllerSenare(s.giltigFran, c),
    },
    giltigTom: { ...sistaDagen, hjalp: "Tom: tills vidare" },
    tillhor: {
        etikett: "Tillhör",
        slag: "lista",
        val: (_, c) => overordnade(c),
        tom: "Välj vad koden tillhör",
        nar: (_, c) => overordnade(c).length > 0 || c.kodverk === "STADSDEL",
    },
    samverkansform: {
        etikett: "Samverkansform",
        slag: "lista",
        frivilligt: true,
        tom: "Alla",
        val: () =>
            Object.entries(samverkansformer).map(([varde, text]) => ({
                varde,
                text,
            })),
        nar: (_, c) => c.kodverk !== "FRAGEORD",
    },
    exklusiv: exklusivfalt,
    utanMatning: utanMatningfalt,
    utesluts: uteslutsfalt,
};

export const kodtabell: Tabell<Schema<"Kodandring">, Kodsammanhang> = {
    etikett: textfalt,
    ordning: ordningsfalt,
    exklusiv: exklusivfalt,
    utanMatning: utanMatningfalt,
    utesluts: uteslutsfalt,
    gallerFran: {
        etikett: "Ändringen gäller från och med",
        slag: "dag",
        framat: true,
        frivilligt: true,
        hjalp: "I dag eller senare: det som är registrerat före den dagen är oförändrat. Lämnas tom bara när ett skrivfel rättas i en kod som inget är registrerat med, eller när koden avslutas",
    },
    giltigTom: {
        ...sistaDagen,
        hjalp: "Avsluta koden med en sista dag. Tom: koden gäller tills vidare",
    },
};

export const nykodsetiketter = etiketter(nykodstabell);
export const kodetiketter = etiketter(kodtabell);

/** What the forms hold: the list that the code is of, and the version a change began from. */
interface Kodplats {
    kodverk: Typ;
    kod: string;
    version: number;
}
type Nykodssvar = Svar<Schema<"NyKod">>;
type Kodsvar = Svar<Schema<"Kodandring">> & Kodplats;

const nej = { exklusiv: "nej", utanMatning: "nej", utesluts: "nej" } as const;

export function tomKod(idag: string): Nykodssvar {
    return { ...tomma(nykodstabell), ...nej, giltigFran: idag };
}

/** The last row: what a change begins from. */
export function sistaRaden(k: DateradKod): Kodrad {
    const rad = k.rader[k.rader.length - 1];
    if (!rad) {
        throw new Error(`${k.kod} har ingen rad`);
    }
    return rad;
}

export function kodsvarAv(k: DateradKod): Kodsvar {
    return {
        ...franTrad(kodtabell, sistaRaden(k)),
        gallerFran: "",
        kodverk: k.kodverk,
        kod: k.kod,
        version: k.version,
    };
}

const anvandningsord: Record<
    Schema<"Anvandningsslag">,
    [en: string, flera: string]
> = {
    MATNING: ["mätning", "mätningar"],
    SAMTYCKE: ["samtycke", "samtycken"],
    INSATS: ["insats", "insatser"],
    ORGANISATION: ["samverkansorganisation", "samverkansorganisationer"],
};

/** The row would say another thing: what is registered on it keeps what it was. What is not asked of the list is no. */
function sagerAnnat(
    k: Pick<Kodrad, "etikett" | "ordning"> &
        Partial<Pick<Kodrad, "exklusiv" | "utanMatning" | "utesluts">>,
    rad: Kodrad,
): boolean {
    return (
        k.etikett.trim() !== rad.etikett ||
        k.ordning !== rad.ordning ||
        (k.exklusiv ?? false) !== rad.exklusiv ||
        (k.utanMatning ?? false) !== rad.utanMatning ||
        (k.utesluts ?? false) !== rad.utesluts
    );
}

/** What becomes of what is registered; or why the change will be refused, as the counts say. */
function foljden(
    a: Schema<"Kodanvandning">,
    k: Schema<"Kodandring">,
    rad: Kodrad,
): { text: string; pekare: string } {
    const annat = sagerAnnat(k, rad);
    /** From when another row holds; undefined: the row itself is changed. */
    const fran = k.gallerFran === rad.giltigFran ? undefined : k.gallerFran;
    if (annat && fran === undefined && a.paRaden > 0) {
        return {
            text: "Ändringen går inte att spara så: det som är registrerat behåller sin text och betydelse. Ange från vilken dag den ska gälla, i dag eller senare.",
            pekare: "/gallerFran",
        };
    }
    if (
        annat &&
        fran !== undefined &&
        a.slag === "MATNING" &&
        a.sista >= fran
    ) {
        return {
            text: `Ändringen går inte att spara så: mätningar är registrerade så sent som ${a.sista}. Välj en senare dag.`,
            pekare: "/gallerFran",
        };
    }
    return {
        text:
            annat && fran !== undefined
                ? `Före ${fran} är de oförändrade.`
                : "De behåller sin text och betydelse.",
        pekare: "/etikett",
    };
}

/** What a change touches, as the look-over tells it before it is saved. */
export function paverkanIOrd(
    p: Schema<"Kodpaverkan">,
    k: Schema<"Kodandring">,
    /** The last row, which is changed. */
    sista: Kodrad,
): { nyckel: string; text: string; pekare: string }[] {
    const rad = (nyckel: string, text: string, pekare = "/etikett") => ({
        nyckel,
        text,
        pekare,
    });
    const hur = (n: number, slag: Schema<"Anvandningsslag">): string =>
        `${antal(n)} ${anvandningsord[slag][n === 1 ? 0 : 1]}`;
    return [
        ...p.anvandning.map((a) => {
            const { text, pekare } = foljden(a, k, sista);
            return rad(
                a.slag,
                `Koden är registrerad i ${hur(a.antal, a.slag)}, ${a.forsta} – ${a.sista}. ${text}`,
                pekare,
            );
        }),
        ...p.anvandning
            .filter((a) => a.efterDagen > 0)
            .map((a) =>
                rad(
                    `${a.slag} efter`,
                    `${hur(a.efterDagen, a.slag)} är registrerade efter ${k.giltigTom ?? ""}: koden kan inte sluta gälla så tidigt.`,
                    "/giltigTom",
                ),
            ),
        ...(p.anvandning.length === 0
            ? [rad("inget", "Inget är registrerat med koden.")]
            : []),
        ...(p.rapporter.length > 0
            ? [rad("rapporter", `Koden skrivs ut i ${p.rapporter.join(", ")}.`)]
            : []),
    ];
}
