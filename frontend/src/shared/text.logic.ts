import { arDag } from "./datum.logic";

const heltal = new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 0 });
const langDag = new Intl.DateTimeFormat("sv-SE", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
});
const tidpunktsform = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: "Europe/Stockholm",
});

/** 12345 → «12 345». */
export function antal(n: number): string {
    return heltal.format(n);
}

/** «1 deltagare», «2 deltaganden»: the word after its number. */
export function antalMed(n: number, en: string, flera: string): string {
    return `${antal(n)} ${n === 1 ? en : flera}`;
}

/** 2010-03-01 → «1 mars 2010». */
export function dagMedManad(dag: string): string {
    return arDag(dag) ? langDag.format(new Date(`${dag}T00:00:00Z`)) : dag;
}

/** «2010-05-01 – 2011-01-31», «2010-05-01 –» while it goes on. */
export function period(start: string, slut?: string): string {
    return slut === undefined ? `${start} –` : `${start} – ${slut}`;
}

/** An instant as day and time in Sweden. */
export function tidpunkt(tid: string): string {
    return tidpunktsform.format(new Date(tid));
}

/** 2220001925 → «222000-1925». */
export function orgnr(nr: string): string {
    return nr.length === 10 ? `${nr.slice(0, 6)}-${nr.slice(6)}` : nr;
}

/** 197701172392 → «19770117-2392». */
export function personnummer(nr: string): string {
    return nr.length === 12 ? `${nr.slice(0, 8)}-${nr.slice(8)}` : nr;
}

/** On one line, without room around: what a field of several lines becomes where the server takes one. */
export function enRad(text: string): string {
    return text.trim().replace(/\s+/g, " ");
}

/** «Startdag» → «startdag», as within a sentence; «FINSAM» as it is. */
export function iMening(text: string): string {
    return /^.[a-zåäö ]/.test(text)
        ? text.charAt(0).toLowerCase() + text.slice(1)
        : text;
}

const lista = new Intl.ListFormat("sv-SE", { type: "conjunction" });

/** «a, b och c». */
export function upprakning(ord: readonly string[]): string {
    return lista.format(ord);
}
