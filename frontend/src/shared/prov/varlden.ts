import type { Schema } from "@/shared/api/typer";

/** What the mounted pages' server has: an insats in a samordningsförbund, and who is in it. */

export const idag = "2026-03-02";

/** Today, or so many days from it. */
export function dag(forskjutning = 0): string {
    const d = new Date(`${idag}T00:00:00Z`);
    d.setUTCDate(d.getUTCDate() + forskjutning);
    return d.toISOString().slice(0, 10);
}

function id(n: number): string {
    return `019373a0-5b1a-7c3e-9f21-${String(n).padStart(12, "0")}`;
}

export const ider = {
    organisation: id(1),
    insats: id(2),
    samtycke: id(3),
    deltagande: id(4),
    avslutat: id(5),
    anvant: id(6),
    anonyma: id(7),
    uppdrag: id(8),
    anvandare: id(9),
    myndighet: id(10),
    fraga: id(20),
    skalfraga: id(21),
} as const;

/** Of Skatteverket's test series. */
export const testnummer = "197701172392";

export const deltagare: Schema<"Deltagare"> = {
    personnummer: testnummer,
    namn: "Kim Prov",
    kommun: "0380",
};

export const organisation: Schema<"Samverkansorganisation"> = {
    id: ider.organisation,
    namn: "Samordningsförbundet Uppsala län",
    organisationsnummer: "2220001925",
    samverkansform: "FINSAM",
    startdatum: "2005-01-01",
    verksamhetsomrade: "OSTER",
    kommuner: ["0380"],
    stadsdelar: [],
    ingaendeOrganisationer: [
        {
            namn: "Uppsala kommun",
            organisationsnummer: "2120003005",
            typ: "KOMMUN",
            giltigFran: "2005-01-01",
            medlem: true,
            finansiar: true,
            konsument: false,
        },
    ],
    rapporteringsdag: 15,
    lan: "03",
    rader: [],
    version: 1,
};

export const myndighet: Schema<"Myndighet"> = {
    id: ider.myndighet,
    organisationsnummer: "2021005521",
    namn: "Försäkringskassan",
    typ: "FORSAKRINGSKASSAN",
    version: 1,
};

export const kod: Schema<"DateradKod"> = {
    id: "019373a0-5b1a-7c3e-9f21-000000000030",
    kodverk: "AVSLUTSANLEDNING",
    kod: "SJUKDOM",
    rader: [
        {
            kodverk: "AVSLUTSANLEDNING",
            kod: "SJUKDOM",
            etikett: "Sjukdom",
            ordning: 4,
            giltigFran: "2004-01-01",
            exklusiv: false,
            utanMatning: true,
            utesluts: false,
            endastAterkallelse: false,
        },
    ],
    version: 1,
};

export const kodpaverkan: Schema<"Kodpaverkan"> = {
    anvandning: [
        {
            slag: "MATNING",
            antal: 12,
            paRaden: 12,
            efterDagen: 0,
            forsta: "2010-01-11",
            sista: "2026-02-02",
        },
    ],
    rapporter: [],
};

export const insats: Schema<"Insats"> = {
    id: ider.insats,
    organisationId: organisation.id,
    namn: "Arbetslivsresurs",
    startdatum: "2009-01-01",
    inriktning: "INDIVIDINRIKTAD",
    preciseradInriktning: "REHABILITERING",
    deltagarregistrering: "MED_PERSONUPPGIFT_ELLER_ANONYM",
    malgrupper: ["UNGA"],
    rader: [
        {
            giltigFran: "2009-01-01",
            preciseradInriktning: "REHABILITERING",
            malgrupper: ["UNGA"],
        },
    ],
    organisation: {
        id: organisation.id,
        namn: organisation.namn,
        startdatum: organisation.startdatum,
        samverkansform: "FINSAM",
        medlemmar: ["Uppsala kommun"],
    },
    version: 1,
};

export const samtycke: Schema<"Samtycke"> = {
    id: ider.samtycke,
    insatsId: insats.id,
    blankett: "9443",
    datum: dag(-20),
    sprak: "sv",
    satt: "SKRIFTLIGT",
    status: "OANVANT",
    registrerat: `${dag(-20)}T08:00:00Z`,
    registreradAv: id(9),
    deltagare,
    version: 1,
};

export const sysselsattning: Schema<"Sysselsattning"> = {
    forsorjning: ["SA"],
    arbetssokande: false,
    arbetar: false,
    studerar: false,
};

export const inregistrering: Schema<"Inregistrering"> = {
    startdag: dag(-15),
    utbildningsniva: "GYMNASIUM",
    arOffentligForsorjning: 3,
    fore: sysselsattning,
};

/** Open since fifteen days. */
export const deltagande: Schema<"Deltagande"> = {
    id: ider.deltagande,
    insatsId: insats.id,
    samtyckeId: ider.anvant,
    status: "PAGAENDE",
    startdag: inregistrering.startdag,
    deltagare,
    inregistrering,
    skapad: `${dag(-15)}T08:00:00Z`,
    version: 1,
};

export const utregistrering: Schema<"Utregistrering"> = {
    avslutningsdag: dag(-2),
    avslutsanledning: "AVSLUT_ENLIGT_PLAN",
    efter: sysselsattning,
};

/** Ended two days ago, with measurement. */
export const avslutat: Schema<"Deltagande"> = {
    ...deltagande,
    id: ider.avslutat,
    status: "AVSLUTAD",
    avslutningsdag: utregistrering.avslutningsdag,
    utregistrering,
};

export const traff: Schema<"DeltagareSvar"> = {
    hittad: true,
    skyddad: false,
    avregistrerad: false,
    namn: deltagare.namn,
    kommun: "0380",
    alder: 49,
    deltaganden: [],
};

export const anonyma: Schema<"Anonyma"> = {
    id: ider.anonyma,
    insatsId: insats.id,
    inregistreringsar: 2026,
    antalKvinnor: 2,
    antalMan: 1,
    version: 1,
    registrerat: `${dag(-1)}T08:00:00Z`,
};

/** A report where nobody is. */
export const rapport: Schema<"Forsorjningsrapport"> = {
    titel: "SUS - Deltagarrapport försörjning",
    korningstid: `${idag}T14:42:45Z`,
    urval: { samverkansform: "FINSAM", budgetar: 2010 },
    huvud: [{ etikett: "Finansieringsform", varde: "FINSAM" }],
    start: { antal: 0, unika: 0, noter: [], rader: [] },
    slut: {
        antal: 0,
        unika: 0,
        utanMatning: 0,
        matta: 0,
        noter: [],
        noterMatta: [],
        rader: [],
    },
    tackning: { rader: [], noter: [] },
    fotnoter: [],
};

export const uppdrag: Schema<"Uppdragspost"> = {
    id: ider.uppdrag,
    innehavareId: ider.anvandare,
    innehavare: { typ: "PERSON", namn: "Eva Prov" },
    arbetsgivare: "2120003005",
    roll: "DELTAGARANSVARIG",
    organisationId: ider.organisation,
    insatsId: ider.insats,
    insats: insats.namn,
    franOchMed: dag(-100),
    lage: "GALLER",
    version: 1,
};

export const fraga: Schema<"Fraga"> = {
    id: ider.fraga,
    organisationId: ider.organisation,
    namn: "Stöd",
    innehall: "Vilket stöd har du haft mest nytta av?",
    franOchMed: dag(-100),
    svarstyp: "ENVAL",
    alternativ: [
        { kod: "1", etikett: "Samtal" },
        { kod: "2", etikett: "Praktik" },
    ],
    vidIn: true,
    vidUt: true,
    ordning: 1,
    version: 1,
};

export const skalfraga: Schema<"Fraga"> = {
    id: ider.skalfraga,
    organisationId: ider.organisation,
    namn: "Framtid",
    innehall: "Hur ser du på din möjlighet att få ett arbete?",
    franOchMed: dag(-400),
    svarstyp: "SKALA",
    steg: 5,
    lagstOrd: "Liten",
    hogstOrd: "Stor",
    vidIn: false,
    vidUt: true,
    ordning: 2,
    besvaradTom: dag(-3),
    version: 1,
};

export const uppdragstagare: Schema<"Uppdragstagare"> = {
    id: ider.anvandare,
    namn: "Tage Tagare",
    arbetsgivare: "2120003005",
    behorigTillOchMed: dag(300),
};

export const volym: Schema<"Volym"> = {
    ar: 2026,
    antalKvinnor: 40,
    antalMan: 31,
    uppgiftSaknas: 2,
    stangt: false,
    version: 1,
};

export const insatsbudget: Schema<"Insatsbudget"> = {
    ar: 2026,
    planeratAntal: 60,
    poster: [
        {
            budgettyp: "INSATSKOSTNAD",
            budget: "1250000.00",
            utfall: "-0.50",
            beskrivning: "Personal",
        },
    ],
    summor: [
        { budgettyp: "INSATSKOSTNAD", budget: "1250000.00", utfall: "-0.50" },
        { budgettyp: "ESF_INSATSKOSTNAD", budget: "0.00", utfall: "0.00" },
    ],
    stangt: false,
    version: 1,
};

const noll = { budget: "0.00", utfall: "0.00" };

/** A förbund's budget: the kommun's money, one cost, and what its insatser say. */
export function organisationsbudget(
    mer: Partial<Schema<"Organisationsbudget">> = {},
): Schema<"Organisationsbudget"> {
    return {
        ar: 2026,
        finansiering: [
            {
                finansiar: "2120003005",
                belopp: "2000000.00",
                beskrivning: "Årets bidrag",
            },
        ],
        administrativaKostnader: [
            {
                kostnadstyp: "PERSONAL",
                budget: "600000.00",
                utfall: "590000.25",
                beskrivning: "Förbundschef",
            },
        ],
        finansiarer: [
            {
                organisationsnummer: "2120003005",
                namn: "Uppsala kommun",
                typ: "KOMMUN",
            },
            {
                organisationsnummer: "2021005521",
                namn: "Försäkringskassan",
                typ: "FORSAKRINGSKASSAN",
            },
        ],
        summor: {
            finansiering: "2000000.00",
            medel: [{ slag: "KOMMUNER", belopp: "2000000.00" }],
            administrativaKostnader: {
                budget: "600000.00",
                utfall: "590000.25",
            },
            insatskostnader: { budget: "1250000.00", utfall: "-0.50" },
            esfInsatskostnader: noll,
            kvar: { budget: "150000.00", utfall: "1410000.25" },
        },
        insatser: [
            {
                insatsId: ider.insats,
                namn: insats.namn,
                deltagarregistrering: "MED_PERSONUPPGIFT_ELLER_ANONYM",
                planeratAntal: 60,
                insatskostnader: { budget: "1250000.00", utfall: "-0.50" },
                esfInsatskostnader: noll,
                budgetversion: 1,
            },
        ],
        handelser: [],
        varningar: [],
        stangt: false,
        version: 1,
        ...mer,
    };
}

/** The same, where the insats only counts: volym is said of it as well. */
export function raknandeBudget(
    mer: Partial<Schema<"Budgetinsats">> = {},
): Schema<"Organisationsbudget"> {
    const hel = organisationsbudget();
    return {
        ...hel,
        insatser: hel.insatser.map((i) => ({
            ...i,
            deltagarregistrering: "ENDAST_ANTAL",
            volym: {
                antalKvinnor: 40,
                antalMan: 31,
                uppgiftSaknas: 0,
                version: 1,
            },
            ...mer,
        })),
    };
}
