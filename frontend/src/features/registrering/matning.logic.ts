import { fragor } from "@/features/deltagande/fragor.logic";
import { type Kodrad, giltiga, somVal } from "@/features/kodverk/kodverk.logic";
import {
    type Regel,
    ordAvslutningForeStart,
    ordStartdagEfterAvslutning,
    ordUtanforInsatsen,
    ordUtanforOrganisationen,
} from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { skalfalt } from "@/shared/formular/skal";
import {
    type Felord,
    type Grund,
    type Svar,
    type Tabell,
    etiketter,
    franTrad,
    tomma,
} from "@/shared/formular/tabell";
import type { Alternativ } from "@/shared/ui/alternativ";
import { type Angivet, angivna } from "./fragesvar.logic";

type Sysselsattning = Schema<"Sysselsattning">;
/** The answers to kompletterande frågor are a table of their own: what is asked follows from the day. */
type Rattatin = Omit<Schema<"RattadInregistrering">, "svar">;
type Rattatut = Omit<Schema<"RattadUtregistrering">, "svar">;

/** What both measurements know besides the answers; the code lists as they are on the day. */
export interface Matsammanhang extends Grund {
    insats: Pick<Schema<"Insats">, "startdatum" | "slutdatum" | "organisation">;
    forsorjning: readonly Kodrad[];
    arbetstyper: readonly Kodrad[];
    rattar: boolean;
}

export interface Insammanhang extends Matsammanhang {
    utbildningsnivaer: readonly Kodrad[];
    /** None outside Stockholm and Göteborg. */
    stadsdelar: readonly Kodrad[];
    /** A correction may not pass the exit. */
    avslutningsdag?: string | undefined;
}

export interface Utsammanhang extends Matsammanhang {
    startdag: string;
    anledningar: readonly Kodrad[];
}

/** The ids say where a draft goes on; version what a correction began from, 0 for a new registration. */
interface Utkastet {
    insatsId: string;
    deltagandeId: string;
    version: number;
    fragesvar: Angivet[];
}
export type Insvar = Svar<Rattatin> & Utkastet;
export type Utsvar = Svar<Rattatut> & Utkastet;

const omfattning = {
    slag: "heltal",
    min: 1,
    max: 100,
    vad: "Omfattningen",
    enhet: "%",
    under: true,
    krav: "Ange omfattningen i procent.",
} as const;

/** What both measurements ask, in words of their time. */
function sysselsattning(
    nar: "fore" | "efter",
): Tabell<Sysselsattning, Matsammanhang> {
    const t = fragor[nar];
    return {
        forsorjning: {
            ...t.forsorjning,
            slag: "flerval",
            val: (_, c) => somVal(c.forsorjning),
            krav: "Välj minst en försörjning.",
            fel: (s, c) => uteslutning(s.forsorjning, c.forsorjning),
            foljd(s, fore, c) {
                s.forsorjning = medUteslutning(
                    fore.forsorjning,
                    s.forsorjning,
                    c.forsorjning,
                );
            },
        },
        arbetssokande: { ...t.arbetssokande, slag: "jaNej" },
        arbetar: { ...t.arbetar, slag: "jaNej" },
        arbetarProcent: {
            ...t.arbetarProcent,
            ...omfattning,
            nar: (s) => s.arbetar === "ja",
        },
        arbetstyper: {
            ...t.arbetstyper,
            slag: "flerval",
            under: true,
            val: (_, c) => somVal(c.arbetstyper),
            krav: "Välj minst en typ av arbete.",
            nar: (s) => s.arbetar === "ja",
        },
        studerar: { ...t.studerar, slag: "jaNej" },
        studerarProcent: {
            ...t.studerarProcent,
            ...omfattning,
            nar: (s) => s.studerar === "ja",
        },
    };
}

export const foretabell = sysselsattning("fore");
export const eftertabell = sysselsattning("efter");

/** Blankett 9448, in the handbook's order. */
export const intabell: Tabell<Rattatin, Insammanhang> = {
    startdag: {
        etikett: "Startdag",
        slag: "dag",
        hjalp: "Det datum som deltagaren påbörjar insatsen",
        fel: (s, c) =>
            utanfor(s.startdag, c) ??
            (c.avslutningsdag !== undefined && s.startdag > c.avslutningsdag
                ? {
                      regel: "startdag-efter-avslutning",
                      meddelande: ordStartdagEfterAvslutning,
                  }
                : undefined),
    },
    stadsdel: {
        etikett: "Stadsdel",
        slag: "lista",
        val: (_, c) => somVal(c.stadsdelar),
        tom: "Uppgift saknas",
        frivilligt: true,
        nar: (_, c) => c.stadsdelar.length > 0,
    },
    utbildningsniva: {
        etikett: "Högsta avslutade utbildningsnivå",
        slag: "lista",
        val: (_, c) => somVal(c.utbildningsnivaer),
        tom: "Välj utbildningsnivå",
        krav: "Välj en utbildningsnivå.",
        hjalp: "Utgå från deltagarens egen bedömning. Utländsk utbildning anges som den svenska motsvarigheten.",
    },
    arOffentligForsorjning: {
        etikett:
            "Hur länge har deltagaren varit i behov av offentlig försörjning?",
        kort: "Antal år med offentlig försörjning",
        slag: "heltal",
        min: 0,
        max: 100,
        vad: "Antal år",
        enhet: "år",
        hjalp: "Antal hela år i obruten följd före insatsen. Skriv 0 för under ett år. Avbrott på upp till en månad räknas inte.",
    },
    fore: { slag: "grupp", falt: foretabell },
    skal: skalfalt,
};

/** Blankett 9449, in the handbook's order. */
export const uttabell: Tabell<Rattatut, Utsammanhang> = {
    avslutningsdag: {
        etikett: "Avslutningsdag",
        slag: "dag",
        hjalp: "Det datum deltagaren slutar insatsen",
        fel: (s, c) =>
            utanfor(s.avslutningsdag, c) ??
            (s.avslutningsdag < c.startdag
                ? {
                      regel: "avslutning-fore-start",
                      meddelande: ordAvslutningForeStart,
                  }
                : undefined),
    },
    avslutsanledning: {
        etikett: "Avslutsanledning",
        slag: "lista",
        val: (_, c) => grupperade(c.anledningar),
        tom: "Välj avslutsanledning",
        krav: "Välj en avslutsanledning.",
        hjalp: "Orsaken till att insatsen avslutas. Har deltagaren registrerats in felaktigt väljs Felregistrering.",
    },
    efter: {
        slag: "grupp",
        falt: eftertabell,
        nar: (s, c) => fragarEfter(s.avslutsanledning, c.anledningar) === true,
    },
    skal: skalfalt,
};

function utanSkal<T extends { skal: string }, C extends Grund>(
    tabell: Tabell<T, C>,
): Tabell<Omit<T, "skal">, C> {
    return Object.fromEntries(
        Object.entries(tabell).filter(([namn]) => namn !== "skal"),
    ) as unknown as Tabell<Omit<T, "skal">, C>;
}

/** The kompletterande frågor stand between what is measured and the reason of a correction. */
export const inmatning = utanSkal(intabell);
export const utmatning = utanSkal(uttabell);
export const skaltabell: Tabell<{ skal: string }, Grund & { rattar: boolean }> =
    { skal: skalfalt };

export const inetiketter = etiketter(intabell);
export const utetiketter = etiketter(uttabell);

export function tomtIn(insatsId: string, deltagandeId = ""): Insvar {
    return {
        ...tomma(intabell),
        insatsId,
        deltagandeId,
        version: 0,
        fragesvar: [],
    };
}

/** slutade: the last day of an insats that is over, which is then the exit's. */
export function tomtUt(
    insatsId: string,
    deltagandeId: string,
    slutade = "",
): Utsvar {
    return {
        ...tomma(uttabell),
        insatsId,
        deltagandeId,
        version: 0,
        fragesvar: [],
        avslutningsdag: slutade,
    };
}

/** An in-registration to correct. */
export function insvarAv(d: Schema<"Deltagande">): Insvar {
    return {
        ...franTrad(intabell, d.inregistrering),
        insatsId: d.insatsId,
        deltagandeId: d.id,
        version: d.version,
        fragesvar: angivna(d.inregistrering.svar),
    };
}

/** An out-registration to correct. */
export function utsvarAv(d: Schema<"Deltagande">): Utsvar {
    return {
        ...franTrad(uttabell, d.utregistrering ?? {}),
        insatsId: d.insatsId,
        deltagandeId: d.id,
        version: d.version,
        fragesvar: angivna(d.utregistrering?.svar),
    };
}

/** A day of measuring lies within the organisation's time and the insats's. */
function utanfor(
    dag: string,
    { insats }: Pick<Matsammanhang, "insats">,
): Felord | undefined {
    const o = insats.organisation;
    if (
        dag < o.startdatum ||
        (o.slutdatum !== undefined && dag > o.slutdatum)
    ) {
        return {
            regel: "utanfor-organisationen",
            meddelande: ordUtanforOrganisationen,
        };
    }
    return dag < insats.startdatum ||
        (insats.slutdatum !== undefined && dag > insats.slutdatum)
        ? { regel: "utanfor-insatsen", meddelande: ordUtanforInsatsen }
        : undefined;
}

function uteslutning(
    valda: readonly string[],
    rader: readonly Kodrad[],
): Felord | undefined {
    const visade = rader.filter((r) => valda.includes(r.kod));
    const exklusiv = visade.find((r) => r.exklusiv);
    return exklusiv && visade.length > 1
        ? {
              regel: "forsorjning-utesluter",
              meddelande: `${exklusiv.etikett} kan inte väljas tillsammans med annan försörjning.`,
          }
        : undefined;
}

/** The reasons for leaving under what the choice means. */
export function grupperade(rader: readonly Kodrad[]): Alternativ[] {
    const med = rader.filter((r) => !r.utanMatning && !r.utesluts);
    const utan = rader.filter((r) => r.utanMatning && !r.utesluts);
    const grupp = (rader: readonly Kodrad[], grupp: string): Alternativ[] =>
        somVal(rader).map((v) => ({ ...v, grupp }));
    return [
        ...grupp(med, "Med mätning"),
        ...grupp(utan, "Utan mätning"),
        ...grupp(
            rader.filter((r) => r.utesluts),
            "Räknas inte som avslut",
        ),
    ];
}

/**
 * Whether the situation after is given, and questions are answered, follows from the reason for leaving: when
 * the server's list of reasons is newer than the page's, it is the reason to choose again.
 */
export function vidAnledningen(fel: readonly Faltfel[]): Faltfel[] {
    const utanMatning: Regel = "efter-utan-matning";
    return fel.map((f) =>
        f.pekare === "/efter" ||
        (f.pekare === "/svar" && f.regel === utanMatning)
            ? { ...f, pekare: "/avslutsanledning" }
            : f,
    );
}

/** Does the reason for leaving ask for the situation after? Undefined: no reason is chosen. */
export function fragarEfter(
    anledning: string,
    anledningar: readonly Kodrad[],
): boolean | undefined {
    const rad = anledningar.find((r) => r.kod === anledning);
    return rad ? !rad.utanMatning && !rad.utesluts : undefined;
}

/** The stadsdelar to choose from on a day; none outside Stockholm and Göteborg. */
export function stadsdelarFor(
    rader: readonly Kodrad[],
    kommun: string | undefined,
    dag: string,
): Kodrad[] {
    return giltiga(rader, dag).filter((r) => r.tillhor === kommun);
}

/** «Ingen offentlig försörjning» and the others put each other out when one is chosen. */
export function medUteslutning(
    fore: readonly string[],
    efter: readonly string[],
    rader: readonly Kodrad[],
): string[] {
    const ny = efter.find((k) => !fore.includes(k));
    if (ny === undefined) {
        return [...efter];
    }
    const exklusiv = (k: string): boolean =>
        rader.some((r) => r.kod === k && r.exklusiv);
    return exklusiv(ny) ? [ny] : efter.filter((k) => !exklusiv(k));
}
