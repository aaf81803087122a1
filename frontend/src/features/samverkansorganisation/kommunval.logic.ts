import type { Schema } from "@/shared/api/typer";

export type Kommun = Schema<"Kommun">;

/** «Karl*» begins so, «*stad» ends so; without a star it is how the name begins. */
function monster(namn: string): RegExp {
    const text = namn.includes("*") ? namn : `${namn}*`;
    const delar = text
        .split("*")
        .map((d) => d.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${delar.join(".*")}$`, "iu");
}

/** The kommuner of the län («»: all) whose names match, in Swedish order; none while nothing is asked for. */
export function kommunerFor(
    kommuner: readonly Kommun[],
    lan: string,
    namn: string,
): Kommun[] {
    const sokt = namn.trim();
    if (lan === "" && sokt === "") {
        return [];
    }
    const m = monster(sokt);
    return kommuner
        .filter((k) => (lan === "" || k.lan === lan) && m.test(k.namn))
        .sort((a, b) => a.namn.localeCompare(b.namn, "sv"));
}

/** The chosen ones by name, as «Enköping och Uppsala» has them. */
export function valdaKommuner(
    kommuner: readonly Kommun[],
    koder: readonly string[],
): Kommun[] {
    return kommuner
        .filter((k) => koder.includes(k.kod))
        .sort((a, b) => a.namn.localeCompare(b.namn, "sv"));
}
