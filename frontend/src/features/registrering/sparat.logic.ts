import type { Schema } from "@/shared/api/typer";

/** The same whatever order the keys, and the choices of a list, stand in. */
function ordnad(v: unknown): unknown {
    if (Array.isArray(v)) {
        return v
            .map(ordnad)
            .map((x) => JSON.stringify(x))
            .sort();
    }
    if (typeof v === "object" && v !== null) {
        return Object.fromEntries(
            Object.entries(v)
                .filter(([, x]) => x !== undefined)
                .sort(([a], [b]) => a.localeCompare(b))
                .map(([k, x]) => [k, ordnad(x)]),
        );
    }
    return v;
}

/** What was saved first is what was typed here too: nothing of it is lost. */
export function sparadesSa(
    typat: Schema<"Inregistrering">,
    sparat: Schema<"Inregistrering">,
): boolean {
    return JSON.stringify(ordnad(typat)) === JSON.stringify(ordnad(sparat));
}
