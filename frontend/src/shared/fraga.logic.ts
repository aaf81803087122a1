import type { LocationQuery } from "vue-router";

/** One value of an address's query; undefined when it is not there, or empty. */
export function ettVarde(
    query: LocationQuery,
    namn: string,
): string | undefined {
    const v = query[namn];
    const en = Array.isArray(v) ? v[0] : v;
    return en === null || en === undefined || en === "" ? undefined : en;
}

/** A value that is one of a list; undefined for anything else an address may say. */
export function ettAv<T extends string>(
    query: LocationQuery,
    namn: string,
    av: readonly T[],
): T | undefined {
    const v = ettVarde(query, namn);
    return av.find((a) => a === v);
}

/** The page, counted from one. */
export function sidnummer(query: LocationQuery): number {
    const n = Number(ettVarde(query, "sida") ?? "1");
    return Number.isInteger(n) && n >= 1 && n <= 100_000 ? n : 1;
}

/** Without the keys that have no value. */
export function utanTomma(
    v: Record<string, string | undefined>,
): Record<string, string> {
    return Object.fromEntries(
        Object.entries(v).flatMap(([k, x]) =>
            x === undefined || x === "" ? [] : [[k, x]],
        ),
    );
}

/** A name as it is searched: «upp» finds what begins so, and * stands for anything. */
export function namnmonster(text: string): string | undefined {
    const rent = text.trim();
    if (rent === "") {
        return undefined;
    }
    return rent.includes("*") ? rent : `*${rent}*`;
}

/** The form of every id: a UUID. */
export const arId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
