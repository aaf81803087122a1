import { type Regel, ordSokordSaknas } from "@/shared/api/regler.gen";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { granskaPersonnummer, tolvSiffror } from "@/shared/personnummer.logic";
import { enRad } from "@/shared/text.logic";

export type Sokord = Pick<Schema<"DeltagandeSokning">, "namn" | "personnummer">;

/** The one field, whatever stands in it. */
export const sokfalt = "/namn";

function fel(regel: Regel, meddelande: string): Faltfel[] {
    return [{ pekare: sokfalt, regel, meddelande }];
}

/** Faults of the name or the number, at the one field for both. */
export function vidSokfaltet(faltfel: readonly Faltfel[]): Faltfel[] {
    return faltfel.map((f) => ({ ...f, pekare: sokfalt }));
}

function arNamn(text: string): boolean {
    return /\p{L}/u.test(text);
}

/** A text with a letter in it is a part of a name; any other is a number. */
export function somSokord(text: string): Sokord {
    return arNamn(text)
        ? { namn: enRad(text) }
        : { personnummer: tolvSiffror(text) ?? "" };
}

/** What cannot be searched; the messages are the server's. */
export function granskaSokning(text: string): Faltfel[] {
    if (text.trim() === "") {
        return fel("sokord-saknas", ordSokordSaknas);
    }
    if (!arNamn(text)) {
        return vidSokfaltet(granskaPersonnummer(text));
    }
    return (text.match(/[\p{L}\p{Nd}]/gu) ?? []).length < 2
        ? fel("for-kort", "Skriv minst två bokstäver av namnet.")
        : [];
}
