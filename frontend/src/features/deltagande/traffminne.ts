import { narSessionenSlutar, sessionen } from "@/shared/session/session";
import type { Sokord } from "./sokning.logic";

/** A search among an insats's deltaganden, as it was typed. */
interface Listsokning {
    insatsId: string;
    text: string;
    sokord: Sokord;
}

let lamnad: (Listsokning & { plats: unknown }) | undefined;
/** «Tillbaka till listan» was chosen: it finds the hits as Back does. */
let medLanken = false;

/** Where in the browser's history the page stands; the router keeps count. */
function plats(): unknown {
    return (history.state as { position?: unknown } | null)?.position;
}

/** One goes on from the hits: Back, and nothing else, finds them again. In memory alone. */
export function lamnaTraffar(sokning: Listsokning | undefined): void {
    // The page that a log-out takes away is left too.
    lamnad =
        sokning && sessionen.session
            ? { ...sokning, plats: plats() }
            : undefined;
}

export function medTraffarna(): void {
    medLanken = true;
}

/** The search whose hits one came back to. */
export function tillbakaTillTraffar(insatsId: string): Listsokning | undefined {
    const s = lamnad;
    const lank = medLanken;
    lamnad = undefined;
    medLanken = false;
    return s?.insatsId === insatsId && (lank || s.plats === plats())
        ? s
        : undefined;
}

narSessionenSlutar(() => {
    lamnad = undefined;
});
