import type { Schema } from "@/shared/api/typer";

type Kodrad = Schema<"Kodrad">;
type Typ = Schema<"Kodverkstyp">;

function rader(
    kodverk: Typ,
    koder: Record<string, string>,
    mer: (kod: string) => Partial<Kodrad> = () => ({}),
): Kodrad[] {
    return Object.entries(koder).map(([kod, etikett], n) => ({
        kodverk,
        kod,
        etikett,
        ordning: n + 1,
        giltigFran: "2004-01-01",
        exklusiv: false,
        utanMatning: false,
        utesluts: false,
        endastAterkallelse: false,
        ...mer(kod),
    }));
}

/** The code lists that the forms choose from: the server's own codes, some of each. */
export const kodverken: Partial<Record<Typ, Kodrad[]>> = {
    FORSORJNING: rader(
        "FORSORJNING",
        {
            SJUKPENNING: "Sjukpenning/Rehabpenning",
            SA: "SA",
            A_KASSA: "A-kassa",
            INGEN: "Ingen offentlig försörjning",
        },
        (kod) => ({ exklusiv: kod === "INGEN" }),
    ),
    UTBILDNINGSNIVA: rader("UTBILDNINGSNIVA", {
        GRUNDSKOLA: "Grundskola",
        GYMNASIUM: "Gymnasium",
    }),
    ARBETSTYP: rader("ARBETSTYP", {
        INTE_SUBVENTIONERAT: "Inte subventionerat",
        EGET_FORETAG: "Eget företag",
    }),
    AVSLUTSANLEDNING: rader(
        "AVSLUTSANLEDNING",
        {
            AVSLUT_ENLIGT_PLAN: "Avslut enligt plan",
            FORTSATT_REHABILITERING: "Fortsatt rehabilitering",
            SJUKDOM: "Sjukdom",
            FLYTT: "Flytt",
            FELREGISTRERING: "Felregistrering",
        },
        (kod) => ({
            utanMatning: kod === "SJUKDOM" || kod === "FLYTT",
            utesluts: kod === "FELREGISTRERING",
        }),
    ),
    PRECISERAD_INRIKTNING: rader(
        "PRECISERAD_INRIKTNING",
        {
            REHABILITERING: "Rehabilitering mot arbete/utbildning",
            FORBEREDANDE: "Förberedande insats",
            KONFERENS: "Konferens/seminarium",
        },
        (kod) => ({
            tillhor:
                kod === "KONFERENS"
                    ? "STRUKTUROVERGRIPANDE"
                    : "INDIVIDINRIKTAD",
        }),
    ),
    MALGRUPP: rader("MALGRUPP", { UNGA: "Unga", MISSBRUK: "Missbruk" }),
    VERKSAMHETSOMRADE: rader("VERKSAMHETSOMRADE", {
        NORR: "Norr",
        OSTER: "Öster",
    }),
    STADSDEL: rader(
        "STADSDEL",
        {
            S1480_ANGERED: "Angered",
            S1480_MAJORNA_LINNE: "Majorna-Linné",
            S0180_RINKEBY_KISTA: "Rinkeby-Kista",
            S0180_SODERMALM: "Södermalm",
        },
        (kod) => ({ tillhor: kod.slice(1, 5), giltigTom: "2020-12-31" }),
    ),
    BLANKETT: rader(
        "BLANKETT",
        {
            "9443": "9443 Samtyckesblankett",
            "9442": "9442 Samtyckesblankett, Af/FK-samarbete",
        },
        (kod) => (kod === "9442" ? { samverkansform: "AF_FK_SAMARBETE" } : {}),
    ),
    SPRAK: rader("SPRAK", { sv: "Svenska", fi: "Finska" }),
};

/** A code that the server does not have, last in the list. */
export function okand(typ: Typ, mer: Partial<Kodrad> = {}): Kodrad[] {
    const alla = kodverken[typ] ?? [];
    const mall = alla.find((r) => r.samverkansform === undefined);
    if (!mall) {
        throw new Error(`${typ} är tomt`);
    }
    return [
        ...alla,
        { ...mall, kod: "PROV", etikett: "Ny kod", ordning: 99, ...mer },
    ];
}

export const kommuner: Schema<"Kommun">[] = [
    { kod: "0180", namn: "Stockholm", lan: "01", lanNamn: "Stockholms län" },
    { kod: "0380", namn: "Uppsala", lan: "03", lanNamn: "Uppsala län" },
    {
        kod: "1480",
        namn: "Göteborg",
        lan: "14",
        lanNamn: "Västra Götalands län",
    },
];
