import type { LocationQuery } from "vue-router";
import type { Schema } from "@/shared/api/typer";
import { ettAv } from "@/shared/fraga.logic";
import { antal, antalMed } from "@/shared/text.logic";

/** How many rows a page of a list may have; the first unless another is asked for. */
export const sidstorlekar = [20, 50, 100] as const;
const [vanlig, ...andra] = sidstorlekar;

/** As an address says it: not at all when it is the usual one. */
export function sidstorlekI(query: LocationQuery): string | undefined {
    return ettAv(query, "antal", andra.map(String));
}

/** The page size that an address asks for. */
export function perSida(query: LocationQuery): number {
    return Number(sidstorlekI(query) ?? vanlig);
}

export function sidanAv(meta: Schema<"Meta">): { sida: number; sidor: number } {
    return {
        sida: Math.floor((meta.offset ?? 0) / meta.limit) + 1,
        sidor: Math.max(1, Math.ceil((meta.totalRecords ?? 0) / meta.limit)),
    };
}

/** The first page, the last, the one that is shown and its neighbours; undefined where some are left out. */
export function sidnumren(sida: number, sidor: number): (number | undefined)[] {
    const visade = [
        ...new Set([1, sida - 1, sida, sida + 1, sidor].sort((a, b) => a - b)),
    ].filter((n) => n >= 1 && n <= sidor);
    return visade.flatMap((n, i) => {
        const steg = n - (visade[i - 1] ?? n - 1);
        // A gap of one page has room for its number.
        return steg === 1 ? [n] : [steg === 2 ? n - 1 : undefined, n];
    });
}

/** «234 deltaganden», and which page of them when it is not the first. */
export function antalPaSida(
    meta: Schema<"Meta">,
    en: string,
    flera: string,
): string {
    const { sida, sidor } = sidanAv(meta);
    const alla = antalMed(meta.totalRecords ?? 0, en, flera);
    return sida > 1 && sida <= sidor
        ? `${alla}, sida ${antal(sida)} av ${antal(sidor)}`
        : alla;
}

/** What the header of a column asks for when it is pressed: the other way when the list stands so already. */
export function nastaOrdning(
    sort: string,
    nyckel: string,
    fallandeForst: boolean,
): string {
    if (sort === nyckel) {
        return `-${nyckel}`;
    }
    if (sort === `-${nyckel}`) {
        return nyckel;
    }
    return fallandeForst ? `-${nyckel}` : nyckel;
}

/** How a column stands, as `aria-sort` says it. */
export function ordningen(
    sort: string,
    nyckel: string,
): "ascending" | "descending" | undefined {
    if (sort === nyckel) {
        return "ascending";
    }
    return sort === `-${nyckel}` ? "descending" : undefined;
}
