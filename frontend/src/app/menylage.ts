import { shallowRef } from "vue";
import { narSessionenSlutar } from "@/shared/session/session";

const nyckel = "sus-meny";

/** What is done most stands open from the start. */
const franBorjan: readonly string[] = ["deltagande"];

function lagrat(): readonly string[] {
    try {
        const v: unknown = JSON.parse(sessionStorage.getItem(nyckel) ?? "");
        return Array.isArray(v)
            ? v.filter((x) => typeof x === "string")
            : franBorjan;
    } catch {
        return franBorjan; // nothing is kept, or it cannot be read
    }
}

const oppna = shallowRef(lagrat());

/** The choices of the menu that show what stands under them, as long as the log-in lives. */
export const oppnaGrupper: Readonly<typeof oppna> = oppna;

export function visaGrupper(routes: readonly string[]): void {
    oppna.value = routes;
    try {
        sessionStorage.setItem(nyckel, JSON.stringify(routes));
    } catch {
        // A browser that keeps nothing has it until the next reload.
    }
}

narSessionenSlutar(() => {
    oppna.value = franBorjan;
    try {
        sessionStorage.removeItem(nyckel);
    } catch {
        // Nothing was kept.
    }
});
