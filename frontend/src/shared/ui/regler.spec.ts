import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { anonymaetiketter } from "@/features/anonyma/anonyma.logic";
import { loggetiketter } from "@/features/administration/logg.logic";
import { aterkallelseetiketter } from "@/features/samtycke/aterkallelse.logic";
import { sokfalt, vidSokfaltet } from "@/features/deltagande/sokning.logic";
import {
    inetiketter,
    utetiketter,
    vidAnledningen,
} from "@/features/registrering/matning.logic";
import {
    rattatsamtyckesetiketter,
    samtyckesetiketter,
} from "@/features/samtycke/samtycke.logic";
import { insatsetiketter } from "@/features/insats/insats.logic";
import { urvalsetiketter } from "@/features/rapport/rapport.logic";
import { faltregler as alla } from "@/shared/api/faltregler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { faltFor } from "./formular.logic";

/**
 * Every rule by which the server refuses a field, and where it meets a form of the browser. The form shows
 * the server's own words; what it must have is the field, and the rule a test in the browser.
 */

const formular = {
    in: inetiketter,
    ut: utetiketter,
    samtycke: samtyckesetiketter,
    rattatSamtycke: rattatsamtyckesetiketter,
    insats: insatsetiketter,
    urval: urvalsetiketter,
    anonyma: anonymaetiketter,
    // These have their labels in the page.
    sok: { "/personnummer": "Personnummer" },
    inloggning: { "/personnummer": "", "/huvudlosenord": "" },
    sokning: { [sokfalt]: "Namn eller personnummer" },
    aterkallelse: aterkallelseetiketter,
    logg: loggetiketter,
};
type Form = keyof typeof formular;

/** Where a form says what the server says elsewhere. */
const flyttas: Partial<
    Record<Form, (fel: readonly Faltfel[]) => readonly Faltfel[]>
> = { ut: vidAnledningen, sokning: vidSokfaltet };

type Falt = [form: Form, ...pekare: string[]];
interface Mote {
    falt: Falt[];
    /** The files of e2e that have the rule, by its id or its words; after «|» by what the browser has instead. */
    prov: string;
}

const mattillfalle: Falt[] = [
    ["in", "/startdag"],
    ["ut", "/avslutningsdag"],
];
const bada = (falt: string): Falt[] => [
    ["in", `/fore/${falt}`],
    ["ut", `/efter/${falt}`],
];
const samtycken = (falt: string): Falt[] => [
    ["samtycke", falt],
    ["rattatSamtycke", falt],
];
const procent: Falt[] = [
    ["in", "/fore/arbetarProcent", "/fore/studerarProcent"],
    ["ut", "/efter/arbetarProcent", "/efter/studerarProcent"],
];
const nummer: Falt[] = [
    ["sok", "/personnummer"],
    ["samtycke", "/personnummer"],
    ["sokning", "/personnummer"],
    ["inloggning", "/personnummer"],
    ["aterkallelse", "/personnummer"],
    ["logg", "/personnummer"],
];
const fritext: Falt[] = [
    ["insats", "/namn", "/beskrivning", "/insatsanordnare"],
    ["in", "/skal"],
    ["ut", "/skal"],
    ["rattatSamtycke", "/skal"],
    ["aterkallelse", "/arende"],
];

/** No form has the field, and why. */
const utanFalt = {
    samtycke: "samtycket är adressens: det sägs, och har ingen länk",
    organisation: "samverkansorganisationen ändras inte i webbläsaren",
    anvandare: "användare och klienter läggs upp från kommandoraden",
};

const regler: Record<string, Mote | string> = {
    "anonyma ar framtida-ar": {
        falt: [["anonyma", "/inregistreringsar"]],
        prov: "regelord",
    },
    "anonyma ar utanfor-insatsen": {
        falt: [["anonyma", "/inregistreringsar"]],
        prov: "regler",
    },
    "anonyma ar efter-sista-registreringsdag": {
        falt: [["anonyma", "/inregistreringsar"]],
        prov: "regelord",
    },
    "anonyma /antalKvinnor inget-antal": {
        falt: [["anonyma", "/antalKvinnor"]],
        prov: "regelord",
    },
    "anonyma pekare utanfor-granser": {
        falt: [["anonyma", "/antalKvinnor", "/antalMan"]],
        prov: "regelord",
    },

    "deltagande /samtyckeId samtycke-framtid": utanFalt.samtycke,
    "deltagande /samtyckeId samtycke-anvant": utanFalt.samtycke,
    "deltagande /startdag startdag-efter-avslutning": {
        falt: [["in", "/startdag"]],
        prov: "fel regler",
    },
    "deltagande /startdag efter-sista-registreringsdag": {
        falt: [["in", "/startdag"]],
        prov: "regelord",
    },
    "deltagande /startdag fore-fodelsen": {
        falt: [["in", "/startdag"]],
        prov: "regler",
    },
    "deltagande /stadsdel okand-kod": {
        falt: [["in", "/stadsdel"]],
        prov: "regler",
    },
    "deltagande /stadsdel stadsdel-utanfor": {
        falt: [["in", "/stadsdel"]],
        prov: "regler",
    },
    "deltagande /utbildningsniva okand-kod": {
        falt: [["in", "/utbildningsniva"]],
        prov: "regler",
    },
    "deltagande /arOffentligForsorjning utanfor-granser": {
        falt: [["in", "/arOffentligForsorjning"]],
        prov: "fel regelord",
    },
    "deltagande /avslutningsdag avslutning-fore-start": {
        falt: [["ut", "/avslutningsdag"]],
        prov: "fel regler",
    },
    "deltagande /avslutsanledning okand-kod": {
        falt: [["ut", "/avslutsanledning"]],
        prov: "regler",
    },
    "deltagande /avslutsanledning endast-aterkallelse":
        "koden finns inte i listan: den sätts av en återkallelse",
    "deltagande /efter efter-utan-matning": {
        falt: [["ut", "/efter"]],
        prov: "regler",
    },
    "deltagande /efter obligatoriskt": {
        falt: [["ut", "/efter"]],
        prov: "regler",
    },
    "deltagande pekare obligatoriskt": {
        falt: [
            ...mattillfalle,
            ...procent,
            ["samtycke", "/datum", "/mognadsbedomning/datum"],
        ],
        prov: "fel|Fyll",
    },
    "deltagande pekare framtida-dag": {
        falt: [
            ...mattillfalle,
            ["samtycke", "/datum", "/mognadsbedomning/datum"],
        ],
        prov: "fel former regelord",
    },
    "deltagande pekare utanfor-organisationen": {
        falt: mattillfalle,
        prov: "fel",
    },
    "deltagande pekare utanfor-insatsen": {
        falt: mattillfalle,
        prov: "fel regler",
    },
    'deltagande p+"/forsorjning" obligatoriskt': {
        falt: bada("forsorjning"),
        prov: "fel",
    },
    'deltagande element(p+"/forsorjning", i) okand-kod': {
        falt: bada("forsorjning/1"),
        prov: "regler",
    },
    'deltagande p+"/forsorjning" forsorjning-utesluter': {
        falt: bada("forsorjning"),
        prov: "regler",
    },
    'deltagande p+"/arbetstyper" obligatoriskt': {
        falt: bada("arbetstyper"),
        prov: "fel",
    },
    'deltagande p+"/arbetstyper" bara-med-ja': {
        falt: bada("arbetstyper"),
        prov: "regelord",
    },
    'deltagande element(p+"/arbetstyper", i) okand-kod': {
        falt: bada("arbetstyper/0"),
        prov: "regelord",
    },
    "deltagande pekare bara-med-ja": { falt: procent, prov: "regelord" },
    "deltagande pekare utanfor-granser": { falt: procent, prov: "fel" },

    "deltagandesokning /namn sokord-saknas": {
        falt: [["sokning", "/namn"]],
        prov: "sok",
    },
    "deltagandesokning /namn for-kort": {
        falt: [["sokning", "/namn"]],
        prov: "sok",
    },

    "falt pekare obligatoriskt": { falt: fritext, prov: "fel|Fyll" },
    "falt pekare for-langt": { falt: fritext, prov: "fel|maxlength" }, // no field takes more
    "falt pekare ogiltigt-tecken": {
        falt: fritext,
        prov: "insatsregler|styrtecken",
    }, // the contract's own words come first
    "falt pekare osynligt-tecken": {
        falt: fritext,
        prov: "insatsregler",
    },
    "falt pekare innehaller-personnummer": {
        falt: fritext,
        prov: "fel serverfel",
    },
    'falt fmt.Sprintf("%s/%d", pekare, i) dubblett': {
        falt: [
            ...bada("forsorjning/1"),
            ...bada("arbetstyper/1"),
            ["insats", "/malgrupper/1"],
        ],
        prov: "regelord",
    },
    "falt pekare epost-format": utanFalt.organisation,
    "falt pekare telefon-format": utanFalt.organisation,

    "insats /organisationId oforanderlig": {
        falt: [["insats", "/organisationId"]],
        prov: "regelord",
    },
    "insats /startdatum utanfor-organisationen": {
        falt: [["insats", "/startdatum"]],
        prov: "fel",
    },
    "insats /slutdatum utanfor-organisationen": {
        falt: [["insats", "/slutdatum"]],
        prov: "regelord",
    },
    "insats /inriktning okand-kod": {
        falt: [["insats", "/inriktning"]],
        prov: "regelord",
    },
    "insats /preciseradInriktning okand-kod": {
        falt: [["insats", "/preciseradInriktning"]],
        prov: "insatsregler",
    },
    "insats /preciseradInriktning fel-inriktning": {
        falt: [["insats", "/preciseradInriktning"]],
        prov: "insatsregler",
    },
    "insats /deltagarregistrering okand-kod": {
        falt: [["insats", "/deltagarregistrering"]],
        prov: "regelord",
    },
    'insats element("/malgrupper", n) okand-kod': {
        falt: [["insats", "/malgrupper/1"]],
        prov: "insatsregler",
    },
    "insats /inmatningsorganisation inte-medlem": {
        falt: [["insats", "/inmatningsorganisation"]],
        prov: "insatsregler",
    },
    "insats /deltagarregistrering insats-last": {
        falt: [["insats", "/deltagarregistrering"]],
        prov: "samverkansadministrator",
    },
    "insats /inriktning insats-last": {
        falt: [["insats", "/inriktning"]],
        prov: "samverkansadministrator",
    },
    // What an insats and an organisation share.
    "samverkansorganisation /startdatum obligatoriskt": {
        falt: [["insats", "/startdatum"]],
        prov: "fel|Fyll",
    },
    "samverkansorganisation /slutdatum slut-fore-start": {
        falt: [["insats", "/slutdatum"]],
        prov: "fel",
    },
    "samverkansorganisation /slutdatum slutdatum-fore-registrerat": {
        falt: [["insats", "/slutdatum"]],
        prov: "samverkansadministrator",
    },
    "samverkansorganisation /startdatum startdatum-efter-registrerat": {
        falt: [["insats", "/startdatum"]],
        prov: "samverkansadministrator",
    },

    // The browser's own «Personnumret stämmer inte» comes before those it can see.
    "personnummer /personnummer personnummer-format": {
        falt: nummer,
        prov: "regelord",
    },
    "personnummer /personnummer personnummer-datum": {
        falt: nummer,
        prov: "regelord",
    },
    "personnummer /personnummer personnummer-lopnummer": {
        falt: nummer,
        prov: "regler",
    },
    "personnummer /personnummer personnummer-kontrollsiffra": {
        falt: nummer,
        prov: "regelord",
    },
    "personnummer /personnummer personnummer-framtid": {
        falt: nummer,
        prov: "regler",
    },

    "overlapp pekare overlappar": { falt: mattillfalle, prov: "overlapp" },

    "rapport /samverkansform okand-kod": {
        falt: [["urval", "/samverkansform"]],
        prov: "regelord",
    },
    "rapport /budgetar budgetar": {
        falt: [["urval", "/budgetar"]],
        prov: "regelord",
    },
    "rapport /verksamhetsomrade okand-kod": {
        falt: [["urval", "/verksamhetsomrade"]],
        prov: "insatsregler",
    },
    "rapport /kon okand-kod": { falt: [["urval", "/kon"]], prov: "regelord" },
    "rapport /lan okand-kod": {
        falt: [["urval", "/lan"]],
        prov: "insatsregler",
    },
    "rapport /insatsId annan-organisation": {
        falt: [["urval", "/insatsId"]],
        prov: "insatsregler",
    },
    "rapport falt annan-samverkansform": {
        falt: [["urval", "/insatsId", "/organisationId"]],
        prov: "insatsregler",
    },
    "rapport falt annat-verksamhetsomrade": {
        falt: [["urval", "/insatsId", "/organisationId"]],
        prov: "insatsregler",
    },
    "rapport falt annat-lan": {
        falt: [["urval", "/insatsId", "/organisationId"]],
        prov: "insatsregler",
    },

    "samtycke /personnummer obligatoriskt": {
        falt: [["samtycke", "/personnummer"]],
        prov: "fel|Fyll",
    },
    "samtycke /personnummer personnummer-okant": {
        falt: [["samtycke", "/personnummer"]],
        prov: "regler",
    },
    "samtycke /personnummer personnummer-ersatt": {
        falt: [["samtycke", "/personnummer"]],
        prov: "regler",
    },
    "samtycke /personnummer personnummer-avregistrerat": {
        falt: [["samtycke", "/personnummer"]],
        prov: "regler",
    },
    "samtycke /datum utanfor-organisationen": {
        falt: samtycken("/datum"),
        prov: "samtycken",
    },
    "samtycke /blankett okand-kod": {
        falt: samtycken("/blankett"),
        prov: "regler",
    },
    "samtycke /arende fel-form": {
        falt: [["aterkallelse", "/arende"]],
        prov: "aterkallaiinsats",
    },
    "samtycke /sprak okand-kod": {
        falt: samtycken("/sprak"),
        prov: "regler",
    },
    "samtycke /satt okand-kod": {
        falt: samtycken("/satt"),
        prov: "regelord",
    },
};

/** Of these two the whole file is of what the browser has no form for, but for what is listed above. */
const utanForm: Record<string, string> = {
    samverkansorganisation: utanFalt.organisation,
    organisationsrad: utanFalt.organisation,
    anvandare: utanFalt.anvandare,
    behorighet: utanFalt.anvandare,
};

const nyckel = (r: (typeof alla)[number]): string =>
    `${r.fil} ${r.pekare} ${r.regel}`;
const moten = Object.entries(regler).flatMap(([namn, m]) =>
    typeof m === "string" ? [] : [{ namn, ...m }],
);

describe("varje regel som servern nekar ett fält för", () => {
    it("är antingen ett fälts i ett formulär, eller sägs varför inte", () => {
        const kanda = new Set(Object.keys(regler));
        expect(
            alla
                .filter((r) => !kanda.has(nyckel(r)) && !(r.fil in utanForm))
                .map(nyckel),
        ).toEqual([]);
        const finns = new Set(alla.map(nyckel));
        expect([...kanda].filter((k) => !finns.has(k))).toEqual([]);
    });
    it.each(moten)("har sitt fält: $namn", ({ falt }) => {
        for (const [form, ...pekarna] of falt) {
            for (const pekare of pekarna) {
                const fel = { pekare, regel: "r", meddelande: "m" };
                const [flyttat] = flyttas[form]?.([fel]) ?? [fel];
                expect(
                    faltFor(flyttat?.pekare ?? "", formular[form]),
                    `${form} ${pekare}`,
                ).toBeDefined();
            }
        }
    });
    it.each(moten)("har sitt prov i webbläsaren: $namn", ({ namn, prov }) => {
        const ord = alla.filter((r) => nyckel(r) === namn).map((r) => r.ord);
        const regel = namn.split(" ").at(-1) ?? "";
        for (const del of prov.split(" ")) {
            const [fil = "", annat = regel] = del.split("|");
            const adress = `e2e/${fil}.spec.ts`;
            expect(existsSync(adress), adress).toBe(true);
            const text = readFileSync(adress, "utf8");
            expect(
                text.includes(annat) ||
                    ord.some((o) => o !== "" && text.includes(o)),
                `${adress}: ${regel}`,
            ).toBe(true);
        }
    });
});

/** What the contract says of each part of a body: true where a form has the field. */
const kontraktet = {
    in: {
        startdag: true,
        stadsdel: true,
        utbildningsniva: true,
        arOffentligForsorjning: true,
        "fore/forsorjning": true,
        "fore/arbetssokande": true,
        "fore/arbetar": true,
        "fore/arbetarProcent": true,
        "fore/arbetstyper": true,
        "fore/studerar": true,
        "fore/studerarProcent": true,
        skal: true,
    } satisfies Record<
        | Exclude<keyof Schema<"RattadInregistrering">, "fore">
        | `fore/${keyof Schema<"Sysselsattning">}`,
        boolean
    >,
    ut: {
        avslutningsdag: true,
        avslutsanledning: true,
        efter: true,
        skal: true,
    } satisfies Record<keyof Schema<"RattadUtregistrering">, boolean>,
    samtycke: {
        personnummer: true,
        blankett: true,
        datum: true,
        sprak: true,
        satt: true,
        "mognadsbedomning/datum": true,
        "mognadsbedomning/vardnadshavare": true,
        externtId: false,
    } satisfies Record<
        | Exclude<keyof Schema<"NyttSamtycke">, "mognadsbedomning">
        | `mognadsbedomning/${keyof Schema<"Mognadsbedomning">}`,
        boolean
    >,
    rattatSamtycke: {
        blankett: true,
        datum: true,
        sprak: true,
        satt: true,
        "mognadsbedomning/datum": true,
        "mognadsbedomning/vardnadshavare": true,
        externtId: false, // goes along as it was
        skal: true,
    } satisfies Record<
        | Exclude<keyof Schema<"RattatSamtycke">, "mognadsbedomning">
        | `mognadsbedomning/${keyof Schema<"Mognadsbedomning">}`,
        boolean
    >,
    insats: {
        organisationId: true,
        namn: true,
        startdatum: true,
        slutdatum: true,
        beskrivning: true,
        inriktning: true,
        preciseradInriktning: true,
        deltagarregistrering: true,
        malgrupper: true,
        insatsanordnare: true,
        inmatningsorganisation: true,
    } satisfies Record<keyof Schema<"NyInsats">, boolean>,
    anonyma: {
        inregistreringsar: true,
        antalKvinnor: true,
        antalMan: true,
    } satisfies Record<keyof Schema<"NyaAnonyma">, boolean>,
    sok: {
        insatsId: false,
        personnummer: true,
    } satisfies Record<keyof Schema<"DeltagareSokning">, boolean>,
    sokning: {
        namn: true,
        personnummer: true,
        status: true,
    } satisfies Record<keyof Schema<"DeltagandeSokning">, boolean>,
    inloggning: {
        personnummer: true,
        huvudlosenord: true,
    } satisfies Record<keyof Schema<"NyInloggning">, boolean>,
    aterkallelse: {
        personnummer: true,
        arende: true,
    } satisfies Record<keyof Schema<"AterkallelseIInsats">, boolean>,
    logg: {
        personnummer: true,
        aktorId: true,
        handelse: true,
        fran: true,
        tom: true,
    } satisfies Record<keyof Schema<"LoggpostSokning">, boolean>,
};

describe("varje uppgift som kontraktet granskar", () => {
    it.each(Object.entries(kontraktet))(
        "har sitt fält i formuläret: %s",
        (form, uppgifter) => {
            for (const [uppgift, harFalt] of Object.entries(uppgifter)) {
                const fel = {
                    pekare: `/${uppgift}`,
                    regel: "r",
                    meddelande: "m",
                };
                const [flyttat] = flyttas[form as Form]?.([fel]) ?? [fel];
                expect(
                    faltFor(flyttat?.pekare ?? "", formular[form as Form]) !==
                        undefined,
                    uppgift,
                ).toBe(harFalt);
            }
        },
    );
});
