import type { Schema } from "./typer";

/** The contract's largest page. */
const perSida = 100;

/** The contract's largest offset: past the end of every list, where only the total is read. */
export const bortomAlla = 10_000_000;

interface Sida<T> {
    data: readonly T[];
    _meta: Schema<"Meta">;
}

/**
 * A whole list, read page by page. A row that is added meanwhile moves others to the
 * next page: each is taken once, known by its id.
 */
export async function allaSidor<T>(
    hamta: (sida: { limit: number; offset: number }) => Promise<Sida<T>>,
    id: (rad: T) => string | number,
): Promise<T[]> {
    const rader = new Map<string | number, T>();
    let totalt = 1;
    for (let offset = 0; offset < totalt; offset += perSida) {
        const { data, _meta } = await hamta({ limit: perSida, offset });
        for (const rad of data) {
            rader.set(id(rad), rad);
        }
        totalt = _meta.totalRecords ?? offset + data.length + 1;
        if (data.length === 0) {
            break;
        }
    }
    return [...rader.values()];
}
