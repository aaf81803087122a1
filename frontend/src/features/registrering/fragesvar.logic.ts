import type { Fraga } from "@/features/fraga/fraga.logic";
import {
    type Svarsform,
    alternativFor,
    ingetSvar,
    stalls,
    svarIOrd,
    svarstabell,
} from "@/features/fraga/svar.logic";
import { ordFragaStallsInte } from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import {
    type Grund,
    type Utskriftsrad,
    etiketter,
    heltal,
    inteIfyllt,
    utskrift,
} from "@/shared/formular/tabell";
import { type Etiketter, faltId } from "@/shared/ui/formular.logic";

type Fragesvar = Schema<"Fragesvar">;

/** An answer as a form and its draft hold it. They know no questions: the draft lives where these cannot be had. */
export interface Angivet {
    fragaId: string;
    /** The version of the question that was read when it was typed; 0: it is registered since before. */
    version: number;
    koder: string[];
    /** As it is typed. */
    tal: string;
}

/** Whoever holds the answers: the answers of a form. */
interface Agare {
    fragesvar: Angivet[];
}

/** Where the part of the form stands that asks the questions. */
export const delen = "/svar";

function iOrdning(lista: readonly Angivet[]): Angivet[] {
    return [...lista].sort((a, b) => a.fragaId.localeCompare(b.fragaId));
}

/** The registered answers, to be corrected. */
export function angivna(svar: readonly Fragesvar[] = []): Angivet[] {
    return iOrdning(
        svar.map((s) => ({
            fragaId: s.fragaId,
            version: 0,
            koder: (s.koder ?? []).slice(),
            tal: s.tal === undefined ? "" : String(s.tal),
        })),
    );
}

function medTal(f: Fraga): boolean {
    return f.svarstyp === "HELTAL" || f.svarstyp === "SKALA";
}

/** An answer as its field has it: what is no longer to be chosen is none. */
function varde(f: Fraga, a: Angivet | undefined): string | string[] {
    if (f.svarstyp === "HELTAL") {
        return a?.tal ?? "";
    }
    const val = alternativFor(f).map((v) => v.varde);
    const valda = f.svarstyp === "SKALA" ? [a?.tal ?? ""] : (a?.koder ?? []);
    const kvar = val.filter((v) => valda.includes(v));
    return f.svarstyp === "FLERVAL" ? kvar : (kvar[0] ?? "");
}

function medSvaret(
    lista: readonly Angivet[],
    f: Fraga,
    svar: string | string[],
): Angivet[] {
    const andra = lista.filter((a) => a.fragaId !== f.id);
    return svar.length === 0
        ? andra
        : iOrdning([
              ...andra,
              {
                  fragaId: f.id,
                  version: f.version,
                  koder: medTal(f) ? [] : [svar].flat(),
                  tal: medTal(f) ? String(svar) : "",
              },
          ]);
}

/** The answers as a table of the form has them: one read or written there is one of the draft. */
export function svarsform(fragor: readonly Fraga[], s: Agare): Svarsform {
    const form = {};
    for (const f of fragor) {
        Object.defineProperty(form, f.id, {
            enumerable: true,
            get: () =>
                varde(
                    f,
                    s.fragesvar.find((a) => a.fragaId === f.id),
                ),
            set(svar: string | string[]) {
                s.fragesvar = medSvaret(s.fragesvar, f, svar);
            },
        });
    }
    return form;
}

/** The questions that are asked at a measurement on a day. */
export function stallda(
    fragor: readonly Fraga[],
    matning: Schema<"Matningstyp">,
    dag: string,
): Fraga[] {
    return fragor.filter((f) => stalls(f, matning, dag));
}

/** What is to be told of an answer that was typed, or registered. */
export interface Besked {
    pekare: string;
    namn: string;
    text: string;
    /** It is not sent. */
    bort: boolean;
}

/** Each answer that is no longer one, and why; and those whose questions are not what they were. */
export function beskeden(
    lista: readonly Angivet[],
    fragor: readonly Fraga[],
    nu: readonly Fraga[],
): Besked[] {
    return lista.flatMap((a): Besked[] => {
        const f = fragor.find((q) => q.id === a.fragaId);
        const om = {
            pekare: `${delen}/${a.fragaId}`,
            namn: f?.namn ?? "Kompletterande fråga",
        };
        if (!f || !nu.includes(f)) {
            return [{ ...om, text: ordFragaStallsInte, bort: true }];
        }
        if (varde(f, a).length === 0) {
            const text = "Alternativet finns inte längre. Svara igen.";
            return [{ ...om, text, bort: true }];
        }
        return a.version === 0 || a.version === f.version
            ? []
            : [
                  {
                      ...om,
                      text: "Frågan har ändrats sedan du svarade. Läs den igen, och ändra svaret om det behövs.",
                      bort: false,
                  },
              ];
    });
}

/** The answers to what is asked, as they are sent. */
function tillSvar(
    lista: readonly Angivet[],
    nu: readonly Fraga[],
): Fragesvar[] {
    return nu.flatMap((f) => {
        const a = lista.find((x) => x.fragaId === f.id);
        const svar = varde(f, a);
        if (!a || svar.length === 0) {
            return [];
        }
        // One that is only kept is no answer to the question as it now reads.
        const vem = {
            fragaId: f.id,
            ...(a.version === 0 ? {} : { fragaversion: f.version }),
        };
        return [
            medTal(f)
                ? { ...vem, tal: heltal(String(svar)) ?? 0 }
                : { ...vem, koder: [svar].flat() },
        ];
    });
}

/** As they were typed, where the questions are not to be had: the server has the last word. */
function somTypade(lista: readonly Angivet[]): Fragesvar[] {
    return lista.flatMap(({ fragaId, version, koder, tal }): Fragesvar[] => {
        const vem = {
            fragaId,
            ...(version === 0 ? {} : { fragaversion: version }),
        };
        const n = heltal(tal);
        return koder.length > 0
            ? [{ ...vem, koder: koder.slice() }]
            : n === undefined
              ? []
              : [{ ...vem, tal: n }];
    });
}

/**
 * What is sent of the answers. Nothing where there is nothing to say: an answer that a correction does not
 * name stays, and an empty list takes all away.
 */
export function svarsdel(
    lista: readonly Angivet[],
    nu: readonly Fraga[] | undefined,
    registrerade: readonly Fragesvar[] = [],
): { svar?: Fragesvar[] } {
    if (nu === undefined) {
        const orort =
            lista.length === registrerade.length &&
            lista.every((a) => a.version === 0);
        return orort ? {} : { svar: somTypade(lista) };
    }
    const svar = tillSvar(lista, nu);
    return svar.length === 0 && registrerade.length === 0 ? {} : { svar };
}

/** The answers as they are read before they are saved, and what becomes of those that are not. */
export function svarsrader(
    s: Agare,
    fragor: readonly Fraga[] | undefined,
    nu: readonly Fraga[],
    c: Grund,
): Utskriftsrad[] {
    if (fragor === undefined) {
        return s.fragesvar.length === 0
            ? []
            : [
                  {
                      etikett: "Kompletterande frågor",
                      text: `${s.fragesvar.length} besvarade`,
                      faltId: faltId(delen),
                      pekare: delen,
                  },
              ];
    }
    const rader = utskrift(svarstabell(nu), svarsform(nu, s), c, delen);
    const borta = beskeden(s.fragesvar, fragor, nu).filter(
        (b) => b.bort && !rader.some((r) => r.pekare === b.pekare),
    );
    return [
        ...rader.map((r) =>
            r.text === inteIfyllt ? { ...r, text: ingetSvar } : r,
        ),
        ...borta.map((b) => ({
            etikett: b.namn,
            text: `Sparas inte. ${b.text}`,
            faltId: faltId(delen),
            pekare: b.pekare,
        })),
    ];
}

/** What was answered at another measurement, in words, where the same is asked now. */
export function svarVid(
    svar: readonly Fragesvar[] | undefined,
    nu: readonly Fraga[],
): { pekare: string; text: string }[] {
    return nu.flatMap((f) =>
        (svar ?? [])
            .filter((s) => s.fragaId === f.id)
            .map((s) => ({
                pekare: `${delen}/${f.id}`,
                text: svarIOrd(f, s),
            })),
    );
}

/** Before the reason of a correction, which stands last. */
export function foreSkal(
    rader: readonly Utskriftsrad[],
    svar: readonly Utskriftsrad[],
): Utskriftsrad[] {
    const sist = rader.filter((r) => r.pekare === "/skal");
    return [...rader.filter((r) => !sist.includes(r)), ...svar, ...sist];
}

/** The labels of a measurement's form with those of its questions. */
export function medFragorna(falt: Etiketter, nu: readonly Fraga[]): Etiketter {
    const { "/skal": skal, ...forst } = falt;
    return {
        ...forst,
        [delen]: "Kompletterande frågor",
        ...etiketter(svarstabell(nu), delen),
        ...(skal === undefined ? {} : { "/skal": skal }),
    };
}

/** The server counts the answers that were sent; the form knows them by their questions. */
export function vidFragorna(
    fel: readonly Faltfel[],
    svar: readonly Pick<Fragesvar, "fragaId">[] = [],
): Faltfel[] {
    return fel.map((f) => {
        const nr = /^\/svar\/(\d+)/.exec(f.pekare)?.[1];
        const s = nr === undefined ? undefined : svar[Number(nr)];
        return s ? { ...f, pekare: `${delen}/${s.fragaId}` } : f;
    });
}
