import type { Roll } from "@/shared/api/typer";
import {
    arMarkerad,
    del,
    finns,
    harFalt,
    markera,
    skriv,
    spara,
    tryck,
    valj,
} from "./handgrepp";
import { kodbanker } from "./kodbanker";
import type { Form } from "./moten";
import { tills } from "./oppna";
import { type Svarare, lista } from "./server";
import * as v from "./varlden";

/** A form where it stands, and how it is filled in so that nothing is wrong with it. */
export interface Bank {
    form: Form;
    vag: string;
    roll?: Roll;
    /** What the form sends. */
    anrop: string;
    /** Till the form is there. */
    fram: () => Promise<void>;
    /** May be done again. */
    fyll: () => Promise<void>;
    skicka: () => Promise<void>;
    svara?: Svarare;
}

const insats = `/insatser/${v.ider.insats}`;
const registrera = `${insats}/registrera`;
const fragorna = `/samverkansorganisationer/${v.ider.organisation}/fragor`;

/** Stockholm had stadsdelar that day, and the insats its doors open. */
const langesedan = "2015-03-02";

async function sysselsatt(nar: "fore" | "efter"): Promise<void> {
    for (const fraga of ["arbetssokande", "arbetar", "studerar"]) {
        await markera(`/${nar}/${fraga}`, "ja");
    }
    for (const [falt, kod] of [
        ["forsorjning", "SA"],
        ["arbetstyper", "EGET_FORETAG"],
    ] as const) {
        const ruta = document.querySelector<HTMLInputElement>(
            `#falt-${nar}-${falt}-${kod}`,
        );
        if (ruta?.checked === false) {
            await markera(`/${nar}/${falt}`, kod);
        }
    }
    await skriv(`/${nar}/arbetarProcent`, "50");
    await skriv(`/${nar}/studerarProcent`, "25");
}

async function skalet(): Promise<void> {
    if (harFalt("/skal")) {
        await skriv("/skal", "Fel uppgift");
    }
}

/** The organisation asks something of its own, since long ago. */
const fragar: Svarare = (f) =>
    f.namn === "GET /v1/samverkansorganisationer/…/fragor"
        ? lista([{ ...v.fraga, franOchMed: "2010-01-01" }])
        : undefined;

async function fyllIn(): Promise<void> {
    await skriv("/startdag", langesedan);
    await valj("/stadsdel", "S0180_SODERMALM");
    await valj("/utbildningsniva", "GYMNASIUM");
    await skriv("/arOffentligForsorjning", "4");
    await sysselsatt("fore");
    await markera(`/svar/${v.ider.fraga}`, "1");
    await skalet();
}

async function fyllUt(): Promise<void> {
    await skriv("/avslutningsdag", v.dag(-2));
    await valj("/avslutsanledning", "AVSLUT_ENLIGT_PLAN");
    await sysselsatt("efter");
    await markera(`/svar/${v.ider.fraga}`, "2");
    await skalet();
}

async function fyllSamtycke(): Promise<void> {
    await skriv("/datum", v.dag(-5));
    await valj("/blankett", "9443");
    await valj("/sprak", "fi");
    await skriv("/mognadsbedomning/datum", v.dag(-6));
    await markera("/mognadsbedomning/vardnadshavare", "ja");
    await skalet();
}

async function fyllInsats(): Promise<void> {
    await skriv("/namn", "Nya spår");
    await skriv("/startdatum", v.dag(-40));
    await skriv("/slutdatum", v.dag(40));
    await skriv("/beskrivning", "Stöd till arbete");
    await markera("/inriktning", "INDIVIDINRIKTAD");
    await valj("/preciseradInriktning", "FORBEREDANDE");
    if (harFalt("/gallerFran")) {
        await skriv("/gallerFran", `${v.dag(0).slice(0, 8)}01`);
    }
    await skriv("/insatsanordnare", "Föreningen");
}

/** The insats of the year only counts. */
const raknande: Svarare = (f) =>
    f.namn === "GET /v1/samverkansorganisationer/…/budgetar/2026"
        ? v.raknandeBudget()
        : undefined;

async function fyllFraga(): Promise<void> {
    await skriv("/namn", "Arbete");
    await skriv("/innehall", "Vad har hjälpt dig mest?");
    await skriv("/franOchMed", v.dag(1));
    await skriv("/tillOchMed", v.dag(300));
    await markera("/svarstyp", "FLERVAL");
    await skriv("/alternativ", "Samtal\nStudier");
    await markera("/vidIn", "nej");
    await markera("/vidUt", "ja");
}

async function fyllAnonyma(): Promise<void> {
    if (document.querySelector("[data-test=tillagda]") === null) {
        await skriv("/antalMan", "3");
        await tryck("lagg-till-man");
    }
}

/** The form is there: it stands open since before, or is asked for. */
async function oppnat(formular: string, knapp: string): Promise<void> {
    await tills(() => del(formular) ?? del(knapp), formular);
    if (del(formular) === null) {
        await tryck(knapp);
    }
}

/** In Göteborg, long ago, when there were stadsdelar. */
async function fyllOrganisation(): Promise<void> {
    await skriv("/namn", "Förbundet Prov");
    await skriv("/organisationsnummer", "222000-1925");
    if (document.querySelector("select#falt-samverkansform")) {
        await valj("/samverkansform", "FINSAM");
    }
    await skriv("/beskrivning", "Stöd till arbete");
    await skriv("/startdatum", "2011-02-01");
    await skriv("/slutdatum", "2015-12-31");
    await skriv("/rapporteringsdag", "10");
    await valj("/verksamhetsomrade", "OSTER");
    if (!arMarkerad("/kommuner", "1480")) {
        await skriv("/kommun-namn", "Göte*");
        await markera("/kommuner", "1480");
        await skriv("/kommun-namn", ""); // the chosen ones stand
    }
    if (harFalt("/gallerFran")) {
        await skriv("/gallerFran", "2012-01-01");
    }
    if (!arMarkerad("/stadsdelar", "S1480_ANGERED")) {
        await markera("/stadsdelar", "S1480_ANGERED");
    }
    for (const [falt, text] of [
        ["/adress/gata", "Storgatan 1"],
        ["/adress/postnummer", "753 31"],
        ["/adress/ort", "Göteborg"],
        ["/adress/telefon", "031-10 00 00"],
        ["/adress/epost", "kansli@example.se"],
        ["/kontaktperson/namn", "Kansliet"],
        ["/kontaktperson/titel", "Förbundschef"],
        ["/kontaktperson/telefon", "031-10 00 01"],
        ["/kontaktperson/epost", "chef@example.se"],
    ] as const) {
        await skriv(falt, text);
    }
    if (!harFalt("/ingaendeOrganisationer/0")) {
        await skriv("/ingaendeOrganisationer", "Försäkrings");
        await tryck("sok-myndighet");
        await tryck(`lagg-till-${v.myndighet.organisationsnummer}`);
    }
    await skriv("/ingaendeOrganisationer/0/giltigFran", "2011-03-01");
    await skriv("/ingaendeOrganisationer/0/giltigTom", "2014-12-31");
}

async function fyllMyndighet(): Promise<void> {
    if (document.querySelector("input#falt-organisationsnummer")) {
        await skriv("/organisationsnummer", "212000-3005");
    }
    await skriv("/namn", "Uppsala stad");
    await valj("/typ", "KOMMUN");
}

const stockholmare: Svarare = (f) => {
    const deltagare = { ...v.deltagare, kommun: "0180" };
    switch (f.namn) {
        case "GET /v1/samtycken/…":
            return { ...v.samtycke, deltagare };
        case "GET /v1/deltaganden/…":
            return { ...v.deltagande, deltagare };
        case "POST /v1/deltagare-sokningar":
            return { ...v.traff, alder: 13 };
        default:
            return undefined;
    }
};

async function sokPersonen(): Promise<void> {
    await skriv("/personnummer", v.testnummer);
    await tryck("sok");
}

const enda = (vad: () => Promise<void>) => async (): Promise<void> => {
    await vad();
};

export const banker: Record<string, Bank> = {
    inregistreringen: {
        form: "in",
        vag: `${registrera}/in/${v.ider.samtycke}`,
        roll: "DELTAGARANSVARIG",
        anrop: "POST /v1/insatser/…/deltaganden",
        fram: () => finns("inregistrering"),
        fyll: fyllIn,
        skicka: spara,
        svara: (f) => stockholmare(f) ?? fragar(f),
    },
    "inregistreringens rättelse": {
        form: "in",
        vag: `${registrera}/ratta-in/${v.ider.deltagande}`,
        roll: "DELTAGARANSVARIG",
        anrop: "PUT /v1/deltaganden/…/inregistrering",
        fram: () => finns("inregistrering"),
        fyll: fyllIn,
        skicka: spara,
        svara: (f) => stockholmare(f) ?? fragar(f),
    },
    utregistreringen: {
        form: "ut",
        vag: `${registrera}/ut/${v.ider.deltagande}`,
        roll: "DELTAGARANSVARIG",
        anrop: "POST /v1/deltaganden/…/utregistreringar",
        fram: () => finns("utregistrering"),
        fyll: fyllUt,
        skicka: spara,
        svara: fragar,
    },
    "utregistreringens rättelse": {
        form: "ut",
        vag: `${registrera}/ratta-ut/${v.ider.avslutat}`,
        roll: "DELTAGARANSVARIG",
        anrop: "PUT /v1/deltaganden/…/utregistrering",
        fram: () => finns("utregistrering"),
        fyll: fyllUt,
        skicka: spara,
        svara: fragar,
    },
    samtycket: {
        form: "samtycke",
        vag: registrera,
        roll: "DELTAGARANSVARIG",
        anrop: "POST /v1/insatser/…/samtycken",
        async fram() {
            await finns("sok");
            await sokPersonen();
            await finns("registrera-samtycke");
        },
        fyll: fyllSamtycke,
        skicka: () => tryck("registrera-samtycke"),
        svara: stockholmare,
    },
    "samtyckets rättelse": {
        form: "rattatSamtycke",
        vag: `/samtycken/${v.ider.samtycke}/ratta`,
        roll: "DELTAGARANSVARIG",
        anrop: "PUT /v1/samtycken/…",
        fram: () => finns("ratta-samtycke"),
        fyll: fyllSamtycke,
        skicka: spara,
        svara: (f) =>
            f.namn === "GET /v1/samtycken/…"
                ? {
                      ...v.samtycke,
                      mognadsbedomning: {
                          datum: v.dag(-21),
                          vardnadshavare: false,
                      },
                  }
                : undefined,
    },
    "den nya insatsen": {
        form: "insats",
        vag: "/insatser/ny",
        roll: "SAMVERKANSADMINISTRATOR",
        anrop: "POST /v1/insatser",
        fram: () => finns("insatsformular"),
        fyll: fyllInsats,
        skicka: spara,
    },
    "ändringen av en insats": {
        form: "insats",
        vag: `${insats}/andra`,
        roll: "SAMVERKANSADMINISTRATOR",
        anrop: "PUT /v1/insatser/…",
        fram: () => finns("insatsformular"),
        fyll: fyllInsats,
        skicka: spara,
    },
    uppdraget: {
        form: "uppdrag",
        vag: `${insats}/uppdrag`,
        roll: "SAMVERKANSADMINISTRATOR",
        anrop: "POST /v1/insatser/…/uppdrag",
        fram: () => oppnat("nytt-uppdrag", "ge-uppdrag"),
        async fyll() {
            await markera("/roll", "DELTAGARANSVARIG");
            await valj("/anvandareId", v.ider.anvandare);
            await skriv("/franOchMed", v.dag());
            await skriv("/tillOchMed", v.dag(30));
        },
        skicka: spara,
    },
    "uppdragets slut": {
        form: "uppdragsslut",
        vag: `${insats}/uppdrag`,
        roll: "INSATSANSVARIG",
        anrop: "PUT /v1/uppdrag/…",
        fram: () => oppnat("slut", "andra"),
        fyll: () => skriv("/tillOchMed", v.dag(30)),
        skicka: spara,
    },
    "den nya frågan": {
        form: "fraga",
        vag: `${fragorna}?ny=ja`,
        roll: "SAMVERKANSADMINISTRATOR",
        anrop: "POST /v1/samverkansorganisationer/…/fragor",
        fram: () => finns("fragaformular"),
        fyll: fyllFraga,
        skicka: spara,
    },
    "ändringen av en fråga": {
        form: "fraga",
        vag: `${fragorna}?andra=${v.ider.fraga}`,
        roll: "SAMVERKANSADMINISTRATOR",
        anrop: "PUT /v1/fragor/…",
        fram: () => finns("fragaformular"),
        fyll: fyllFraga,
        skicka: spara,
        svara: (f) =>
            f.namn === "GET /v1/samverkansorganisationer/…/fragor"
                ? lista([v.fraga])
                : undefined,
    },
    volymen: {
        form: "volym",
        vag: `${insats}/volym?ar=2026&andra=ja`,
        roll: "INSATSANSVARIG",
        anrop: "PUT /v1/insatser/…/volymer/2026",
        fram: () => finns("volym"),
        async fyll() {
            await skriv("/antalKvinnor", "12");
            await skriv("/antalMan", "3");
        },
        skicka: spara,
        svara: (f) =>
            f.namn === "GET /v1/insatser/…"
                ? { ...v.insats, deltagarregistrering: "ENDAST_ANTAL" }
                : undefined,
    },
    insatsbudgeten: {
        form: "insatsbudget",
        vag: `${insats}/budget?ar=2026&andra=ja`,
        roll: "INSATSANSVARIG",
        anrop: "PUT /v1/insatser/…/budgetar/2026",
        fram: () => finns("insatsbudget"),
        async fyll() {
            await skriv("/planeratAntal", "70");
            await skriv("/poster/0/budget", "1 300 000,50");
            await skriv("/poster/0/beskrivning", "Lokal");
        },
        skicka: spara,
    },
    "alla insatsers volym": {
        form: "allasVolym",
        vag: `/samverkansorganisationer/${v.ider.organisation}/volym?ar=2026`,
        roll: "SAMVERKANSADMINISTRATOR",
        anrop: "PUT /v1/insatser/…/volymer/2026",
        fram: () => finns("alla-insatser"),
        async fyll() {
            await skriv("/rader/0/antalKvinnor", "12");
            await skriv("/rader/0/uppgiftSaknas", "2");
        },
        skicka: spara,
        svara: raknande,
    },
    "alla insatsers budget": {
        form: "allasBudget",
        vag: `/samverkansorganisationer/${v.ider.organisation}/volym?ar=2026`,
        roll: "SAMVERKANSADMINISTRATOR",
        anrop: "PUT /v1/insatser/…/budgetar/2026",
        fram: () => finns("alla-insatser"),
        async fyll() {
            await skriv("/rader/0/planeratAntal", "70");
            await skriv("/rader/0/budget", "1 300 000,50");
        },
        skicka: spara,
        svara: raknande,
    },
    "organisationens budget": {
        form: "organisationsbudget",
        vag: `/samverkansorganisationer/${v.ider.organisation}/budget?ar=2026&andra=ja`,
        roll: "SAMVERKANSADMINISTRATOR",
        anrop: "PUT /v1/samverkansorganisationer/…/budgetar/2026",
        fram: () => finns("organisationsbudget"),
        async fyll() {
            await skriv("/finansiering/0/belopp", "2 100 000");
            await skriv("/administrativaKostnader/0/budget", "610000");
        },
        skicka: spara,
    },
    "öppningen av ett budgetår": {
        form: "oppning",
        vag: `/samverkansorganisationer/${v.ider.organisation}/budget?ar=2026`,
        roll: "SYSTEMFORVALTARE",
        anrop: "POST /v1/samverkansorganisationer/…/budgetar/2026/oppningar",
        async fram() {
            await finns("oppna");
            await tryck("oppna");
        },
        fyll: () => skriv("/skal", "Utfallet saknades."),
        skicka: spara,
        svara: (f) =>
            f.namn === "GET /v1/samverkansorganisationer/…/budgetar/2026"
                ? v.organisationsbudget({ stangt: true })
                : undefined,
    },
    "de anonyma": {
        form: "anonyma",
        vag: `${insats}/anonyma`,
        roll: "DELTAGARANSVARIG",
        anrop: "POST /v1/insatser/…/anonyma",
        fram: () => finns("anonyma"),
        fyll: fyllAnonyma,
        skicka: spara,
    },
    "de anonymas rättelse": {
        form: "anonyma",
        vag: `${insats}/anonyma?ratta=${v.ider.anonyma}`,
        roll: "DELTAGARANSVARIG",
        anrop: "PUT /v1/anonyma/…",
        fram: () => finns("ratta-anonyma"),
        async fyll() {
            await valj("/inregistreringsar", "2025");
            await skriv("/antalKvinnor", "7");
            await skriv("/antalMan", "8");
            await skalet();
        },
        skicka: spara,
        svara: (f) =>
            f.namn === "GET /v1/insatser/…/anonyma"
                ? lista([v.anonyma])
                : undefined,
    },
    "den nya samverkansorganisationen": {
        form: "organisation",
        vag: "/samverkansorganisationer/ny",
        roll: "SYSTEMFORVALTARE",
        anrop: "POST /v1/samverkansorganisationer",
        fram: () => finns("organisationsformular"),
        fyll: fyllOrganisation,
        skicka: spara,
    },
    "ändringen av samverkansorganisationen": {
        form: "organisation",
        vag: `/samverkansorganisationer/${v.ider.organisation}/andra`,
        roll: "SYSTEMFORVALTARE",
        anrop: "PUT /v1/samverkansorganisationer/…",
        fram: () => finns("organisationsformular"),
        fyll: fyllOrganisation,
        skicka: spara,
    },
    "den nya myndigheten": {
        form: "myndighet",
        vag: "/administration/myndigheter?andra=ny",
        roll: "SYSTEMFORVALTARE",
        anrop: "POST /v1/myndigheter",
        fram: () => finns("myndighetsformular"),
        fyll: fyllMyndighet,
        skicka: spara,
    },
    "ändringen av myndigheten": {
        form: "myndighet",
        vag: `/administration/myndigheter?andra=${v.ider.myndighet}`,
        roll: "SYSTEMFORVALTARE",
        anrop: "PUT /v1/myndigheter/…",
        fram: () => finns("myndighetsformular"),
        fyll: fyllMyndighet,
        skicka: spara,
    },
    ...kodbanker,
    "sökningen av en deltagare": {
        form: "sok",
        vag: registrera,
        roll: "DELTAGARANSVARIG",
        anrop: "POST /v1/deltagare-sokningar",
        fram: () => finns("sok"),
        fyll: () => skriv("/personnummer", v.testnummer),
        skicka: () => tryck("sok"),
    },
    "sökningen i insatsen": {
        form: "sokning",
        vag: insats,
        roll: "DELTAGARANSVARIG",
        anrop: "POST /v1/insatser/…/deltagande-sokningar",
        fram: () => finns("sok-deltagande"),
        fyll: () => skriv("/namn", "Kim"),
        skicka: () => tryck("sok-deltagande"),
        svara: (f) =>
            f.namn === "POST /v1/insatser/…/deltagande-sokningar"
                ? lista([])
                : undefined,
    },
    "återkallelsen i en avslutad insats": {
        form: "aterkallelse",
        vag: `${insats}/aterkalla`,
        roll: "SYSTEMFORVALTARE",
        anrop: "POST /v1/insatser/…/aterkallelser",
        fram: () => finns("aterkallelseformular"),
        async fyll() {
            await skriv("/personnummer", v.testnummer);
            await skriv("/arende", "FK 2026/012345");
        },
        async skicka() {
            await tryck("fortsatt");
            document
                .querySelector<HTMLElement>(
                    "[data-test=bekrafta] input[type=checkbox]",
                )
                ?.click();
            await tryck("aterkalla-ja");
        },
        svara: (f) =>
            f.namn === "GET /v1/insatser/…"
                ? { ...v.insats, slutdatum: v.dag(-30) }
                : f.namn === "POST /v1/insatser/…/aterkallelser"
                  ? { antal: 1 }
                  : undefined,
    },
    loggsökningen: {
        form: "logg",
        vag: "/administration/logg",
        roll: "SYSTEMFORVALTARE",
        anrop: "POST /v1/loggpost-sokningar",
        fram: () => finns("sok"),
        fyll: () => skriv("/personnummer", v.testnummer),
        skicka: () => tryck("sok"),
        svara: (f) =>
            f.namn === "POST /v1/loggpost-sokningar" ? lista([]) : undefined,
    },
    inloggningen: {
        form: "inloggning",
        vag: "/logga-in",
        anrop: "POST /session/inloggningar",
        fram: () => finns("skicka-kod"),
        async fyll() {
            await skriv("/personnummer", v.testnummer);
            await skriv("/huvudlosenord", "ett-losenord");
        },
        skicka: () => tryck("skicka-kod"),
        svara: (f) =>
            f.namn === "POST /session/inloggningar"
                ? {
                      id: v.ider.insats,
                      giltigTill: `${v.idag}T08:10:00Z`,
                  }
                : undefined,
    },
    "rapportens urval": {
        form: "urval",
        vag: `/rapporter/deltagarrapport/forsorjning?budgetar=2010&organisationId=${v.ider.organisation}&insatsId=${v.ider.insats}`,
        roll: "SUSRAPPORT",
        anrop: "GET /v1/rapporter/deltagarrapport/forsorjning",
        fram: () => finns("urval"),
        fyll: enda(() => valj("/budgetar", "2010")),
        skicka: () => tryck("visa-rapport"),
        svara: (f) =>
            f.namn === "GET /v1/rapporter/deltagarrapport/forsorjning"
                ? v.rapport
                : undefined,
    },
};
