import { type Kodrad, giltiga } from "@/features/kodverk/kodverk.logic";
import {
    type Regel,
    ordAvslutningForeStart,
    ordObligatoriskt,
    ordStartdagEfterAvslutning,
    ordUtanforInsatsen,
    ordUtanforOrganisationen,
} from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { dagfel } from "@/shared/datum.logic";

export type JaNej = "" | "ja" | "nej";

/** What both measurements ask, as a form holds it: texts, and "" for what is not answered. */
export interface Sysselsattningssvar {
    forsorjning: string[];
    arbetssokande: JaNej;
    arbetar: JaNej;
    arbetarProcent: string;
    arbetstyper: string[];
    studerar: JaNej;
    studerarProcent: string;
}

/** Blankett 9448. The ids say where a draft goes on. */
export interface Insvar {
    insatsId: string;
    deltagandeId: string;
    /** The version a correction began from; 0 for a new registration. */
    version: number;
    startdag: string;
    stadsdel: string;
    utbildningsniva: string;
    arOffentligForsorjning: string;
    fore: Sysselsattningssvar;
    skal: string;
}

/** Blankett 9449. */
export interface Utsvar {
    insatsId: string;
    deltagandeId: string;
    /** As in Insvar. */
    version: number;
    avslutningsdag: string;
    avslutsanledning: string;
    efter: Sysselsattningssvar;
    skal: string;
}

function tomSysselsattning(): Sysselsattningssvar {
    return {
        forsorjning: [],
        arbetssokande: "",
        arbetar: "",
        arbetarProcent: "",
        arbetstyper: [],
        studerar: "",
        studerarProcent: "",
    };
}

export function tomtIn(insatsId: string, deltagandeId = ""): Insvar {
    return {
        insatsId,
        deltagandeId,
        version: 0,
        startdag: "",
        stadsdel: "",
        utbildningsniva: "",
        arOffentligForsorjning: "",
        fore: tomSysselsattning(),
        skal: "",
    };
}

/** slutade: the last day of an insats that is over, which is then the exit's. */
export function tomtUt(
    insatsId: string,
    deltagandeId: string,
    slutade = "",
): Utsvar {
    return {
        insatsId,
        deltagandeId,
        version: 0,
        avslutningsdag: slutade,
        avslutsanledning: "",
        efter: tomSysselsattning(),
        skal: "",
    };
}

// From the wire to the form.

function jaNej(v: boolean): JaNej {
    return v ? "ja" : "nej";
}

function franSysselsattning(s: Schema<"Sysselsattning">): Sysselsattningssvar {
    return {
        forsorjning: [...s.forsorjning],
        arbetssokande: jaNej(s.arbetssokande),
        arbetar: jaNej(s.arbetar),
        arbetarProcent: s.arbetarProcent?.toString() ?? "",
        arbetstyper: [...(s.arbetstyper ?? [])],
        studerar: jaNej(s.studerar),
        studerarProcent: s.studerarProcent?.toString() ?? "",
    };
}

/** An in-registration to correct. */
export function insvarAv(d: Schema<"Deltagande">): Insvar {
    const i = d.inregistrering;
    return {
        ...tomtIn(d.insatsId, d.id),
        version: d.version,
        startdag: i.startdag,
        stadsdel: i.stadsdel ?? "",
        utbildningsniva: i.utbildningsniva,
        arOffentligForsorjning: i.arOffentligForsorjning.toString(),
        fore: franSysselsattning(i.fore),
    };
}

/** An out-registration to correct. */
export function utsvarAv(d: Schema<"Deltagande">): Utsvar {
    const u = d.utregistrering;
    const tom = { ...tomtUt(d.insatsId, d.id), version: d.version };
    return u
        ? {
              ...tom,
              avslutningsdag: u.avslutningsdag,
              avslutsanledning: u.avslutsanledning,
              efter: u.efter ? franSysselsattning(u.efter) : tom.efter,
          }
        : tom;
}

// What a form can see is wrong by itself. The server has the last word, in the same words.

/** What the rules of a day need to know. */
export interface Dagfakta {
    idag: string;
    insats: Pick<Schema<"Insats">, "startdatum" | "slutdatum" | "organisation">;
}

function felAv(pekare: string, regel: Regel, meddelande: string): Faltfel {
    return { pekare, regel, meddelande };
}

function mattillfallesfel(
    pekare: string,
    dag: string,
    { idag, insats }: Dagfakta,
): Faltfel[] {
    const fel = dagfel(pekare, dag, idag);
    if (fel.length > 0) {
        return fel;
    }
    const o = insats.organisation;
    if (
        dag < o.startdatum ||
        (o.slutdatum !== undefined && dag > o.slutdatum)
    ) {
        return [
            felAv(pekare, "utanfor-organisationen", ordUtanforOrganisationen),
        ];
    }
    if (
        dag < insats.startdatum ||
        (insats.slutdatum !== undefined && dag > insats.slutdatum)
    ) {
        return [felAv(pekare, "utanfor-insatsen", ordUtanforInsatsen)];
    }
    return [];
}

function heltalfel(
    pekare: string,
    text: string,
    minst: number,
    hogst: number,
    vad: string,
): Faltfel[] {
    if (text.trim() === "") {
        return [felAv(pekare, "obligatoriskt", ordObligatoriskt)];
    }
    const n = heltal(text);
    return n === undefined || n < minst || n > hogst
        ? [
              felAv(
                  pekare,
                  "utanfor-granser",
                  `${vad} ska vara ett heltal från ${minst} till ${hogst}.`,
              ),
          ]
        : [];
}

function heltal(text: string): number | undefined {
    const rent = text.replace(/[\s%]/g, "");
    return /^\d{1,5}$/.test(rent) ? Number(rent) : undefined;
}

/**
 * The försörjningar that are both chosen and shown. One that does not hold on the day has no box to put it
 * out by: it is left out, and is there again if the day is changed back.
 */
function valdaBland(
    s: Sysselsattningssvar,
    rader: readonly Kodrad[],
): Kodrad[] {
    return rader
        .filter((r) => s.forsorjning.includes(r.kod))
        .sort((a, b) => a.ordning - b.ordning);
}

function sysselsattningsfel(
    p: string,
    s: Sysselsattningssvar,
    forsorjning: readonly Kodrad[],
): Faltfel[] {
    const fel: Faltfel[] = [];
    const valda = valdaBland(s, forsorjning);
    const obesvarad = (falt: keyof Sysselsattningssvar): void => {
        if (s[falt] === "") {
            fel.push(
                felAv(`${p}/${falt}`, "obligatoriskt", "Svara ja eller nej."),
            );
        }
    };
    if (valda.length === 0) {
        fel.push(
            felAv(
                `${p}/forsorjning`,
                "obligatoriskt",
                "Välj minst en försörjning.",
            ),
        );
    }
    const exklusiv = valda.find((r) => r.exklusiv);
    if (exklusiv && valda.length > 1) {
        fel.push(
            felAv(
                `${p}/forsorjning`,
                "forsorjning-utesluter",
                `${exklusiv.etikett} kan inte väljas tillsammans med annan försörjning.`,
            ),
        );
    }
    obesvarad("arbetssokande");
    obesvarad("arbetar");
    if (s.arbetar === "ja") {
        fel.push(
            ...heltalfel(
                `${p}/arbetarProcent`,
                s.arbetarProcent,
                1,
                100,
                "Omfattningen",
            ),
        );
        if (s.arbetstyper.length === 0) {
            fel.push(
                felAv(
                    `${p}/arbetstyper`,
                    "obligatoriskt",
                    "Välj minst en typ av arbete.",
                ),
            );
        }
    }
    obesvarad("studerar");
    if (s.studerar === "ja") {
        fel.push(
            ...heltalfel(
                `${p}/studerarProcent`,
                s.studerarProcent,
                1,
                100,
                "Omfattningen",
            ),
        );
    }
    return fel;
}

/** What is wrong with the reason of a correction. */
export function skalfel(skal: string): Faltfel[] {
    return skal.trim() === ""
        ? [
              felAv(
                  "/skal",
                  "obligatoriskt",
                  "Skriv kort varför uppgiften rättas.",
              ),
          ]
        : skal.length > 500
          ? [felAv("/skal", "for-langt", "Texten får vara högst 500 tecken.")]
          : [];
}

export interface Infakta extends Dagfakta {
    forsorjning: readonly Kodrad[];
    /** A correction needs its reason, and may not pass the exit. */
    rattar: boolean;
    avslutningsdag?: string | undefined;
}

export function granskaIn(svar: Insvar, fakta: Infakta): Faltfel[] {
    const fel = mattillfallesfel("/startdag", svar.startdag, fakta);
    if (
        fel.length === 0 &&
        fakta.avslutningsdag !== undefined &&
        svar.startdag > fakta.avslutningsdag
    ) {
        fel.push(
            felAv(
                "/startdag",
                "startdag-efter-avslutning",
                ordStartdagEfterAvslutning,
            ),
        );
    }
    if (svar.utbildningsniva === "") {
        fel.push(
            felAv(
                "/utbildningsniva",
                "obligatoriskt",
                "Välj en utbildningsnivå.",
            ),
        );
    }
    fel.push(
        ...heltalfel(
            "/arOffentligForsorjning",
            svar.arOffentligForsorjning,
            0,
            100,
            "Antal år",
        ),
    );
    fel.push(...sysselsattningsfel("/fore", svar.fore, fakta.forsorjning));
    return fakta.rattar ? [...fel, ...skalfel(svar.skal)] : fel;
}

export interface Utfakta extends Dagfakta {
    startdag: string;
    anledningar: readonly Kodrad[];
    forsorjning: readonly Kodrad[];
    rattar: boolean;
}

/**
 * Whether the situation after is given follows from the reason for leaving: when the server's list of
 * reasons is newer than the page's, it is the reason to choose again.
 */
export function vidAnledningen(fel: readonly Faltfel[]): Faltfel[] {
    return fel.map((f) =>
        f.pekare === "/efter" ? { ...f, pekare: "/avslutsanledning" } : f,
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

export function granskaUt(svar: Utsvar, fakta: Utfakta): Faltfel[] {
    const fel = mattillfallesfel("/avslutningsdag", svar.avslutningsdag, fakta);
    if (fel.length === 0 && svar.avslutningsdag < fakta.startdag) {
        fel.push(
            felAv(
                "/avslutningsdag",
                "avslutning-fore-start",
                ordAvslutningForeStart,
            ),
        );
    }
    if (svar.avslutsanledning === "") {
        fel.push(
            felAv(
                "/avslutsanledning",
                "obligatoriskt",
                "Välj en avslutsanledning.",
            ),
        );
    }
    if (fragarEfter(svar.avslutsanledning, fakta.anledningar) === true) {
        fel.push(
            ...sysselsattningsfel("/efter", svar.efter, fakta.forsorjning),
        );
    }
    return fakta.rattar ? [...fel, ...skalfel(svar.skal)] : fel;
}

// From the form to the wire. Only what was asked is sent.

function tillSysselsattning(
    s: Sysselsattningssvar,
    forsorjning: readonly Kodrad[],
): Schema<"Sysselsattning"> {
    const ut: Schema<"Sysselsattning"> = {
        forsorjning: valdaBland(s, forsorjning).map((r) => r.kod),
        arbetssokande: s.arbetssokande === "ja",
        arbetar: s.arbetar === "ja",
        studerar: s.studerar === "ja",
    };
    if (s.arbetar === "ja") {
        ut.arbetarProcent = heltal(s.arbetarProcent) ?? 0;
        ut.arbetstyper = s.arbetstyper as Schema<"Arbetstyp">[];
    }
    if (s.studerar === "ja") {
        ut.studerarProcent = heltal(s.studerarProcent) ?? 0;
    }
    return ut;
}

export function tillInregistrering(
    svar: Insvar,
    forsorjning: readonly Kodrad[],
): Schema<"Inregistrering"> {
    return {
        startdag: svar.startdag,
        ...(svar.stadsdel === "" ? {} : { stadsdel: svar.stadsdel }),
        utbildningsniva: svar.utbildningsniva,
        arOffentligForsorjning: heltal(svar.arOffentligForsorjning) ?? 0,
        fore: tillSysselsattning(svar.fore, forsorjning),
    };
}

export function tillUtregistrering(
    svar: Utsvar,
    anledningar: readonly Kodrad[],
    forsorjning: readonly Kodrad[],
): Schema<"Utregistrering"> {
    return {
        avslutningsdag: svar.avslutningsdag,
        avslutsanledning: svar.avslutsanledning,
        ...(fragarEfter(svar.avslutsanledning, anledningar) === true
            ? { efter: tillSysselsattning(svar.efter, forsorjning) }
            : {}),
    };
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
