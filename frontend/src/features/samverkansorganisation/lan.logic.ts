import type { Schema } from "@/shared/api/typer";

/** The län of the kommuner, by code. */
export function lanAv(
    kommuner: readonly Schema<"Kommun">[],
): { varde: string; text: string }[] {
    const lan = new Map(kommuner.map((k) => [k.lan, k.lanNamn]));
    return [...lan]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([varde, text]) => ({ varde, text }));
}
