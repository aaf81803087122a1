import {
    type Kodrad,
    giltigaUnder,
    samverkansformer,
    somVal,
} from "@/features/kodverk/kodverk.logic";
import { nummerfalt } from "@/features/myndighet/myndighet.logic";
import { ordManadensForsta, ordSlutForeStart } from "@/shared/api/regler.gen";
import type { Faltfel, Roll, Schema } from "@/shared/api/typer";
import { arDag } from "@/shared/datum.logic";
import {
    type Grund,
    type Svar,
    type Tabell,
    type Utskriftsrad,
    etiketter,
    franTrad,
    granska,
    tillTrad,
    tomma,
    utskrift,
} from "@/shared/formular/tabell";
import { administrerar } from "@/shared/session/behorighet.logic";
import { orgnr } from "@/shared/text.logic";
import type { Alternativ } from "@/shared/ui/alternativ";
import { type Etiketter, faltId } from "@/shared/ui/formular.logic";
import {
    type Ingaendesvar,
    granskaIngaende,
    ingaendeetiketter,
    radenIOrd,
    raderAv,
    radpekare,
    tillIngaende,
} from "./ingaende.logic";
import { epostfalt, kontaktpersontabell } from "./kontakt.logic";

type Organisation = Schema<"Samverkansorganisation">;
type Uppgifter = Omit<
    Schema<"NySamverkansorganisation">,
    "ingaendeOrganisationer"
>;
type Kontakt = "adress" | "kontaktperson";

export interface Organisationssammanhang extends Grund {
    /** It is being registered, not changed. */
    ny: boolean;
    /** Försäkringskassan, which alone sets the start and the verksamhetsområde. */
    forvaltare: boolean;
    omraden: readonly Kodrad[];
    stadsdelar: readonly Kodrad[];
    kommuner: readonly Schema<"Kommun">[];
    /** As it stands; undefined of a new one. */
    star?: Organisation | undefined;
}
type C = Organisationssammanhang;
type S = Svar<Uppgifter>;

export interface Organisationssvar extends S {
    /** The version a change began from; 0 for a new one. */
    version: number;
    ingaende: Ingaendesvar[];
}

/** May one change the organisation? The server decides; this is what is shown. */
export function farAndraOrganisation(
    jag: Schema<"Jag">,
    roller: readonly Roll[],
    organisationId: string,
): boolean {
    return (
        roller.includes("SYSTEMFORVALTARE") ||
        administrerar(jag).some((o) => o.id === organisationId)
    );
}

const kassans = "Ändras av Försäkringskassan.";

/** From when it is chosen: the month that a change holds from, the start of a new one. */
function fran(s: S, c: C): string {
    const dag = c.ny ? s.startdatum : s.gallerFran;
    return arDag(dag) ? dag : c.idag;
}

function giltiga(rader: readonly Kodrad[], s: S, c: C): Kodrad[] {
    const f = fran(s, c);
    return giltigaUnder(
        rader,
        f,
        arDag(s.slutdatum) && s.slutdatum >= f ? s.slutdatum : undefined,
    );
}

function omraden(s: S, c: C): Alternativ[] {
    const nu = giltiga(c.omraden, s, c);
    const star = c.omraden.filter(
        (r) =>
            r.kod === c.star?.verksamhetsomrade &&
            !nu.some((n) => n.kod === r.kod),
    );
    return somVal([...nu, ...star.slice(0, 1)]);
}

/** Those of the chosen kommuner that there are then, and those that are chosen already. */
function stadsdelar(s: S, c: C): Alternativ[] {
    const nu = giltiga(c.stadsdelar, s, c);
    const alla = [
        ...nu,
        ...c.stadsdelar.filter(
            (r) =>
                c.star?.stadsdelar.includes(r.kod) &&
                !nu.some((n) => n.kod === r.kod),
        ),
    ];
    return somVal(
        alla.filter(
            (r) => r.tillhor !== undefined && s.kommuner.includes(r.tillhor),
        ),
    );
}

const lika = (a: readonly string[], b: readonly string[]): boolean =>
    [...a].sort().join() === [...b].sort().join();

/** Område or kommuner are others than those of today. */
function flyttar(s: S, c: C): boolean {
    return (
        c.star !== undefined &&
        (s.verksamhetsomrade !== c.star.verksamhetsomrade ||
            !lika(s.kommuner, c.star.kommuner))
    );
}

/** What is asked of the organisation itself, above its kommuner. */
export const grundtabell: Tabell<
    Omit<Uppgifter, Kontakt | "kommuner" | "stadsdelar" | "gallerFran">,
    C
> = {
    namn: { etikett: "Namn", slag: "text", max: 200 },
    organisationsnummer: nummerfalt,
    samverkansform: {
        etikett: "Finansieringsform",
        slag: "lista",
        val: () =>
            Object.entries(samverkansformer).map(([varde, text]) => ({
                varde,
                text,
            })),
        tom: "Välj finansieringsform",
        last: (_, c) => (c.ny ? undefined : ""), // stands above the form
    },
    beskrivning: {
        etikett: "Beskrivning",
        slag: "textyta",
        rader: 4,
        max: 2000,
        frivilligt: true,
    },
    startdatum: {
        etikett: "Startdatum",
        slag: "dag",
        framat: true,
        hjalp: "Inget kan registreras före den dagen",
        last: (_, c) => (c.forvaltare ? undefined : kassans),
    },
    slutdatum: {
        etikett: "Slutdatum",
        slag: "dag",
        framat: true,
        frivilligt: true,
        hjalp: "Bara när verksamheten upphör. Efter den dagen registreras inget nytt",
        fel: (s) =>
            arDag(s.startdatum) && s.slutdatum < s.startdatum
                ? { regel: "slut-fore-start", meddelande: ordSlutForeStart }
                : undefined,
    },
    rapporteringsdag: {
        etikett: "Rapporteringsdag",
        slag: "heltal",
        min: 1,
        max: 28,
        vad: "Rapporteringsdagen",
        hjalp: "Den dag i månaden då registreringarna ska vara gjorda, 1–28",
    },
    verksamhetsomrade: {
        etikett: "Verksamhetsområde",
        slag: "lista",
        val: omraden,
        tom: "Välj verksamhetsområde",
        last: (_, c) => (c.forvaltare ? undefined : kassans),
    },
};

/** The kommuner are picked by län and name (Kommunvaljare); what they are is said as of any field. */
const kommuntabell: Tabell<Pick<Uppgifter, "kommuner">, C> = {
    kommuner: {
        etikett: "Kommuner",
        slag: "flerval",
        val: (_, c) => c.kommuner.map((k) => ({ varde: k.kod, text: k.namn })),
        krav: "Välj minst en kommun.",
    },
};

export const omradestabell: Tabell<
    Pick<Uppgifter, "stadsdelar" | "gallerFran">,
    C
> = {
    stadsdelar: {
        etikett: "Stadsdelar",
        slag: "flerval",
        val: (s, c) => stadsdelar(s as S, c),
        frivilligt: true,
        nar: (s, c) => stadsdelar(s as S, c).length > 0,
    },
    gallerFran: {
        etikett: "Kommuner och verksamhetsområde gäller från",
        slag: "dag",
        framat: true,
        frivilligt: true,
        hjalp: "Den första i en månad. Lämna tomt när det gäller från denna månad",
        nar: (s, c) => !c.ny && flyttar(s as S, c),
        fel: (s) =>
            arDag(s.gallerFran) && !s.gallerFran.endsWith("-01")
                ? { regel: "manadens-forsta", meddelande: ordManadensForsta }
                : undefined,
    },
};

export const kontakttabell: Tabell<Pick<Uppgifter, Kontakt>, C> = {
    adress: {
        slag: "grupp",
        frivilligt: true,
        falt: {
            gata: {
                etikett: "Gatuadress",
                slag: "text",
                max: 100,
                frivilligt: true,
            },
            postnummer: {
                etikett: "Postnummer",
                slag: "text",
                max: 6,
                frivilligt: true,
            },
            ort: { etikett: "Ort", slag: "text", max: 60, frivilligt: true },
            telefon: {
                etikett: "Telefon",
                slag: "text",
                max: 30,
                frivilligt: true,
            },
            epost: epostfalt,
        },
    },
    kontaktperson: {
        slag: "grupp",
        frivilligt: true,
        falt: kontaktpersontabell,
    },
};

/** All that is sent but the rows of ingående organisationer, in the order it is asked. */
export const organisationstabell: Tabell<Uppgifter, C> = {
    ...grundtabell,
    ...kommuntabell,
    ...omradestabell,
    ...kontakttabell,
};

/** The fields of a form with so many rows. */
export function organisationsetiketter(rader: number): Etiketter {
    return { ...etiketter(organisationstabell), ...ingaendeetiketter(rader) };
}

export function tomOrganisation(): Organisationssvar {
    return {
        ...tomma(organisationstabell),
        rapporteringsdag: "15",
        version: 0,
        ingaende: [],
    };
}

export function organisationssvarAv(o: Organisation): Organisationssvar {
    return {
        ...franTrad(organisationstabell, {
            ...o,
            organisationsnummer: orgnr(o.organisationsnummer),
        }),
        version: o.version,
        ingaende: raderAv(o),
    };
}

export function granskaOrganisation(s: Organisationssvar, c: C): Faltfel[] {
    return [
        ...granska(organisationstabell, s, c),
        ...granskaIngaende(s.ingaende),
    ];
}

export function tillOrganisation(
    s: Organisationssvar,
    c: C,
): Schema<"NySamverkansorganisation"> {
    return {
        ...tillTrad(organisationstabell, s, c),
        ingaendeOrganisationer: tillIngaende(s.ingaende),
    };
}

/** Before it is saved: what is asked, then each row. */
export function organisationIOrd(s: Organisationssvar, c: C): Utskriftsrad[] {
    return [
        ...utskrift(organisationstabell, s, c),
        ...s.ingaende.map((r, n) => ({
            etikett: `Ingående organisation: ${r.namn}`,
            text: radenIOrd(r),
            faltId: faltId(radpekare(n)),
            pekare: radpekare(n),
        })),
    ];
}
