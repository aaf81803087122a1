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
