import { faltregler } from "../src/shared/api/faltregler.gen";
import type { Regel } from "../src/shared/api/regler.gen";

/** The server's own words for a rule at a field: what a test waits for. */
export function serverord(fil: string, regel: Regel, pekare?: string): string {
    const [en, ...fler] = new Set(
        faltregler
            .filter(
                (r) =>
                    r.fil === fil &&
                    r.regel === regel &&
                    (pekare === undefined || r.pekare === pekare),
            )
            .map((r) => r.ord),
    );
    if (en === undefined || en === "" || fler.length > 0) {
        throw new Error(
            `${fil} har inte just en lydelse för ${regel} ${pekare ?? ""}`,
        );
    }
    return en;
}
