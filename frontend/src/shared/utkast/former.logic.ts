import { adress } from "@/shared/adresser";

/** What a draft is found by: its own id, and those that its answers hold. */
interface Ider {
    id: string;
    insatsId?: string | undefined;
    deltagandeId?: string | undefined;
    organisationId?: string | undefined;
    ar?: string | undefined;
}

interface Utkastformular {
    namn: string;
    /** Where it goes on; undefined: nowhere. */
    sida: (ider: Ider) => string | undefined;
}

function paDeltagande(slag: "ut" | "ratta-in" | "ratta-ut") {
    return ({ insatsId, deltagandeId }: Ider): string | undefined =>
        insatsId === undefined || deltagandeId === undefined
            ? undefined
            : adress(`registrera-${slag}`, { insatsId, deltagandeId });
}

/** The page where uppdrag are given and ended: the insats's, or the whole organisation's. */
function uppdragssidan(
    { insatsId, organisationId }: Ider,
    fraga: string,
): string | undefined {
    const sida =
        insatsId !== undefined
            ? adress("insats-uppdrag", { insatsId })
            : organisationId !== undefined
              ? adress("organisation-uppdrag", { organisationId })
              : undefined;
    return sida && `${sida}?${fraga}`;
}

/** The page where an organisation's questions are made. */
function fragesidan(
    { organisationId }: Ider,
    fraga: string,
): string | undefined {
    return (
        organisationId &&
        `${adress("organisation-fragor", { organisationId })}?${fraga}`
    );
}

/** A year's volym or budget is changed where it is read. */
function aretsSida(sida: string | undefined, ar?: string): string | undefined {
    return sida && ar && `${sida}?ar=${ar}&andra=ja`;
}

/** Every form that keeps a draft. */
const former = {
    in: {
        namn: "Inregistrering",
        sida: ({ id, insatsId }) =>
            insatsId && adress("registrera-in", { insatsId, samtyckeId: id }),
    },
    ut: { namn: "Utregistrering", sida: paDeltagande("ut") },
    "ratta-in": {
        namn: "Rättelse av inregistrering",
        sida: paDeltagande("ratta-in"),
    },
    "ratta-ut": {
        namn: "Rättelse av utregistrering",
        sida: paDeltagande("ratta-ut"),
    },
    "ratta-samtycke": {
        namn: "Rättelse av samtycke",
        sida: ({ id }) => adress("samtycke-ratta", { samtyckeId: id }),
    },
    aterkallelse: {
        namn: "Återkallelse i en avslutad insats",
        sida: ({ id }) => adress("aterkalla-i-insats", { insatsId: id }),
    },
    anonyma: {
        namn: "Anonyma deltagare",
        sida: ({ id }) => adress("anonyma", { insatsId: id }),
    },
    "ratta-anonyma": {
        namn: "Rättelse av anonyma deltagare",
        sida: ({ id, insatsId }) =>
            insatsId && `${adress("anonyma", { insatsId })}?ratta=${id}`,
    },
    // Begun anew: the person must be typed again.
    samtycke: { namn: "Samtycke", sida: () => undefined },
    insats: {
        namn: "Ändring av insats",
        sida: ({ id }) => adress("insats-andra", { insatsId: id }),
    },
    "ny-insats": { namn: "Ny insats", sida: () => adress("insats-ny") },
    "kopia-insats": {
        namn: "Ny insats som kopia",
        sida: ({ id }) => `${adress("insats-ny")}?kopia=${id}`,
    },
    organisation: {
        namn: "Ändring av samverkansorganisation",
        sida: ({ id }) => adress("organisation-andra", { organisationId: id }),
    },
    "ny-organisation": {
        namn: "Ny samverkansorganisation",
        sida: () => adress("organisation-ny"),
    },
    myndighet: {
        namn: "Ändring i registret över myndigheter",
        sida: ({ id }) => `${adress("myndigheter")}?andra=${id}`,
    },
    "ny-myndighet": {
        namn: "Ny organisation i registret över myndigheter",
        sida: () => `${adress("myndigheter")}?andra=ny`,
    },
    kod: {
        namn: "Ändring av kod",
        sida: ({ id }) =>
            `${adress("kodverk")}?kodverk=${id.replace(".", "&andra=")}`,
    },
    "ny-kod": {
        namn: "Ny kod",
        sida: ({ id }) => `${adress("kodverk")}?kodverk=${id}&andra=ny+kod`,
    },
    uppdrag: {
        namn: "Nytt uppdrag",
        sida: (ider) => uppdragssidan(ider, "ge=ja"),
    },
    "ny-fraga": {
        namn: "Ny kompletterande fråga",
        sida: (ider) => fragesidan(ider, "ny=ja"),
    },
    fraga: {
        namn: "Ändring av kompletterande fråga",
        sida: (ider) => fragesidan(ider, `andra=${ider.id}`),
    },
    volym: {
        namn: "Volym",
        sida: ({ insatsId, ar }) =>
            aretsSida(insatsId && adress("insats-volym", { insatsId }), ar),
    },
    insatsbudget: {
        namn: "Insatsbudget",
        sida: ({ insatsId, ar }) =>
            aretsSida(insatsId && adress("insats-budget", { insatsId }), ar),
    },
    organisationsbudget: {
        namn: "Budget",
        sida: ({ organisationId, ar }) =>
            aretsSida(
                organisationId &&
                    adress("organisation-budget", { organisationId }),
                ar,
            ),
    },
    "alla-insatser": {
        namn: "Volym och budget för alla insatser",
        sida: ({ organisationId, ar }) =>
            organisationId &&
            ar &&
            `${adress("organisation-insatser", { organisationId })}?ar=${ar}`,
    },
    uppdragsslut: {
        namn: "Ändrat slut för ett uppdrag",
        sida: (ider) => uppdragssidan(ider, `andra=${ider.id}`),
    },
} as const satisfies Record<string, Utkastformular>;

export type Utkastform = keyof typeof former;

/** The steps of a form that is looked over before it is saved, as its draft says them. */
const steg = {
    uppgifter: "Uppgifter",
    kontrollera: "Kontrollera",
} as const;
export type Steg = keyof typeof steg;

/** What of a draft says which it is; stored by another version of SUS it may say anything. */
interface Utkastet {
    form: string;
    id: string;
    svar: unknown;
    steg?: string | undefined;
}

function formen(form: string): Utkastformular | undefined {
    return (former as Record<string, Utkastformular | undefined>)[form];
}

function text(svar: unknown, falt: string): string | undefined {
    if (typeof svar !== "object" || svar === null) {
        return undefined;
    }
    const v: unknown = Reflect.get(svar, falt);
    return typeof v === "string" && v !== "" ? v : undefined;
}

/** Where a draft goes on: at the look-over, when it had come to it. Each draft holds the ids that its page is found by. */
export function adressFor(u: Utkastet): string | undefined {
    const sida = formen(u.form)?.sida({
        id: u.id,
        insatsId: text(u.svar, "insatsId"),
        deltagandeId: text(u.svar, "deltagandeId"),
        organisationId: text(u.svar, "organisationId"),
        ar: text(u.svar, "ar"),
    });
    if (sida === undefined || u.steg !== ("kontrollera" satisfies Steg)) {
        return sida;
    }
    return `${sida}${sida.includes("?") ? "&" : "?"}steg=${u.steg}`;
}

/** What a draft is of: the form, the insats where it is known, the day and the step. Never whom. */
export function utkasttext(
    u: Utkastet,
    insatsnamn: (id: string) => string | undefined = () => undefined,
): string {
    const namn = formen(u.form)?.namn ?? u.form;
    const insats = insatsnamn(text(u.svar, "insatsId") ?? u.id);
    const startdag = text(u.svar, "startdag");
    const avslutningsdag = text(u.svar, "avslutningsdag");
    const steget = (steg as Record<string, string | undefined>)[u.steg ?? ""];
    return [
        insats === undefined ? namn : `${namn} i ${insats}`,
        ...(startdag === undefined ? [] : [`startdag ${startdag}`]),
        ...(avslutningsdag === undefined
            ? []
            : [`avslutningsdag ${avslutningsdag}`]),
        ...(steget === undefined ? [] : [`steg ${steget}`]),
    ].join(", ");
}
