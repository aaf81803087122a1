import { narSessionenSlutar } from "@/shared/session/session";

const nummer = new Map<string, string>();

/**
 * A mark for the address of a search for a person. What it stands for is in memory alone: a reload,
 * a log-out and an expired log-in forget it, and a mark from before means nobody.
 */
export function minnsNumret(personnummer: string): string {
    const kand = [...nummer].find(([, n]) => n === personnummer)?.[0];
    if (kand !== undefined) {
        return kand;
    }
    const marke = crypto.randomUUID();
    nummer.set(marke, personnummer);
    return marke;
}

/** The number of a mark; undefined when it is forgotten. */
export function numretFor(marke: string | undefined): string | undefined {
    return marke === undefined ? undefined : nummer.get(marke);
}

narSessionenSlutar(() => {
    nummer.clear();
});
