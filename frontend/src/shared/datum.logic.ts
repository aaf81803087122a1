import { ordFramtidaDag, ordObligatoriskt } from "@/shared/api/regler.gen";
import type { Faltfel } from "@/shared/api/typer";

/** Days are strings, ÅÅÅÅ-MM-DD, as on the wire: they compare and sort as they are. */

const dagsform = /^(\d{4})-(\d{2})-(\d{2})$/;

function delar(dag: string): [number, number, number] | undefined {
    const m = dagsform.exec(dag);
    if (!m) {
        return undefined;
    }
    return [Number(m[1]), Number(m[2]), Number(m[3])];
}

function utc(dag: string): Date | undefined {
    const d = delar(dag);
    if (!d) {
        return undefined;
    }
    const tid = new Date(Date.UTC(d[0], d[1] - 1, d[2]));
    return tid.getUTCFullYear() === d[0] &&
        tid.getUTCMonth() === d[1] - 1 &&
        tid.getUTCDate() === d[2]
        ? tid
        : undefined;
}

function text(tid: Date): string {
    return tid.toISOString().slice(0, 10);
}

/** A day of the calendar, written in full. */
export function arDag(dag: string): boolean {
    return utc(dag) !== undefined;
}

/** Said wherever a day is written that is none. */
export const datumform =
    "Skriv datumet som åååå-mm-dd, till exempel 2026-03-01.";

/** What a form can see is wrong with a day that must be given: at most one fault, in the server's words. */
export function dagfel(
    pekare: string,
    dag: string,
    /** Today, where the day may not lie ahead. */
    idag?: string,
): Faltfel[] {
    if (dag === "") {
        return [
            {
                pekare,
                regel: "obligatoriskt",
                meddelande: ordObligatoriskt,
            },
        ];
    }
    if (!arDag(dag)) {
        return [{ pekare, regel: "datum", meddelande: datumform }];
    }
    return idag !== undefined && dag > idag
        ? [
              {
                  pekare,
                  regel: "framtida-dag",
                  meddelande: ordFramtidaDag,
              },
          ]
        : [];
}

const manader = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

/** The year that is meant by its two last digits: nothing in SUS was before 2000. */
function helaAret(ar: string): string {
    return ar.length === 2 ? `20${ar}` : ar;
}

function medNollor(ar: string, manad: string, dag: string): string {
    return [helaAret(ar), manad.padStart(2, "0"), dag.padStart(2, "0")].join(
        "-",
    );
}

/** The number of «nov», «nov.» or «november»; "" for what is no month. */
function manadsnummer(ord: string): string {
    const n = manader.findIndex(
        (m) => m === ord || (ord.length === 3 && m.startsWith(ord)),
    );
    return n < 0 ? "" : String(n + 1);
}

/** A day as people write it → ÅÅÅÅ-MM-DD; undefined for what is no day, or could be two. */
export function tolkaDag(text: string, idag: string): string | undefined {
    const t = text.trim().toLowerCase().replace(/\s+/g, " ");
    if (t === "idag" || t === "i dag") {
        return arDag(idag) ? idag : undefined;
    }
    if (t === "igår" || t === "i går") {
        return arDag(idag) ? plusDagar(idag, -1) : undefined;
    }
    // 2026-11-01, 2026.11.01, 2026/11/1, 20261101, 261101, 26-11-01
    let m =
        /^(\d{4})([-./ ])(\d{1,2})\2(\d{1,2})$/.exec(t) ??
        /^(\d{4}|\d{2})(-?)(\d{2})\2(\d{2})$/.exec(t);
    let ut = m && medNollor(m[1] ?? "", m[3] ?? "", m[4] ?? "");
    // 1/11 2026, 1/11-26, 1.11.2026, 1-11-2026
    m ??=
        /^(\d{1,2})\/(\d{1,2})[-/ ](\d{4}|\d{2})$/.exec(t) ??
        /^(\d{1,2})[-.](\d{1,2})[-. ](\d{4})$/.exec(t);
    ut ??= m && medNollor(m[3] ?? "", m[2] ?? "", m[1] ?? "");
    // 1 november 2026, den 1 nov. 2026
    m ??= /^(?:den )?(\d{1,2}):?e? ([a-zåäö]+)\.? (\d{4})$/.exec(t);
    ut ??= m && medNollor(m[3] ?? "", manadsnummer(m[2] ?? ""), m[1] ?? "");
    return ut && arDag(ut) ? ut : undefined;
}

export function plusDagar(dag: string, antal: number): string {
    const tid = utc(dag);
    if (!tid) {
        return dag;
    }
    tid.setUTCDate(tid.getUTCDate() + antal);
    return text(tid);
}

/** The same day of another month; the month's last when it is too short. */
export function plusManader(dag: string, antal: number): string {
    const d = delar(dag);
    if (!d) {
        return dag;
    }
    const forsta = new Date(Date.UTC(d[0], d[1] - 1 + antal, 1));
    const sista = new Date(
        Date.UTC(forsta.getUTCFullYear(), forsta.getUTCMonth() + 1, 0),
    ).getUTCDate();
    forsta.setUTCDate(Math.min(d[2], sista));
    return text(forsta);
}

/** Days from the first to the second: negative when it has been. */
export function dagarTill(fran: string, till: string): number {
    const a = utc(fran);
    const b = utc(till);
    return a && b ? Math.round((b.getTime() - a.getTime()) / 86_400_000) : 0;
}

/** The day it is in Sweden at a point in time. */
export function dagISverige(tid: Date): string {
    return new Intl.DateTimeFormat("sv-SE", {
        timeZone: "Europe/Stockholm",
        dateStyle: "short",
    }).format(tid);
}
